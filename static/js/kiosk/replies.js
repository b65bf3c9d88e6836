// @ts-check
/** What an answer of the network means. Whatever does not prove that our server spoke counts as being offline. */

/** @typedef {import("./types.js").Outcome} Outcome */

/**
 * @typedef {object} Heard
 * @property {number} status
 * @property {boolean} problem is it application/problem+json?
 * @property {any} json the parsed body, or undefined
 * @property {string|null} retryAfter the header
 */

/** @param {Heard} heard @param {string} nonce the one we sent @param {number} now ms @returns {Outcome} */
export function outcomeOf({ status, problem, json, retryAfter }, nonce, now) {
  if (status === 200 && isReply(json, nonce)) return { kind: "ok", reply: json };
  if (status === 413 || (status === 400 && problem)) return { kind: "unreadable" };
  if (status === 401 && problem && json?.kind === "not_paired") return { kind: "unpaired" };
  if (status === 403 && problem && json?.kind === "revoked") return { kind: "revoked" };
  if (status === 429 || status === 503) return { kind: "busy", after: waitOf(retryAfter, now) };
  // Our server says 500 where it stumbles; 502 and 504 come from a gateway that does not find it.
  return { kind: status === 500 ? "fault" : "offline" };
}

/** A captive portal answers everything with 200; it cannot know our nonce. @param {any} json @param {string} nonce */
function isReply(json, nonce) {
  if (json?.nonce !== nonce) return false;
  const numbers = [json.have_through, json.durable_through, json.server_time];
  return Array.isArray(json.results) && Array.isArray(json.need) && numbers.every(Number.isInteger);
}

/** Seconds or a date. @param {string|null} header @param {number} now */
function waitOf(header, now) {
  if (!header) return 0;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
