// @ts-check
/** The staff's PIN: checked here against the desk's slow hash; five tries, then a pause that grows and outlives the page. */

/** @typedef {{salt: string, iterations: number, hash: string}} Staff as the desk tells it */
/** @typedef {{of: string, failures: number, at: number}|null|undefined} Tries of: the PIN they were about; at: when the last one failed, ms */

export const FREE_TRIES = 5;
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

/** One more wrong try; a new PIN begins anew. @param {Tries} tries @param {string} salt @param {number} now @returns {Tries} */
export function failed(tries, salt, now) {
  const failures = tries?.of === salt ? tries.failures : 0;
  return { of: salt, failures: failures + 1, at: now };
}

/** After a clock was set back: the pause begins again, and does not last until the old time returns. @param {Tries} tries @param {number} now @returns {Tries} */
export function notLater(tries, now) {
  return tries && tries.at > now ? { ...tries, at: now } : (tries ?? null);
}

/** How long nobody may try, ms. @param {Tries} tries @param {string} salt @param {number} now */
export function pause(tries, salt, now) {
  if (tries?.of !== salt || tries.failures < FREE_TRIES) return 0;
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries.failures - FREE_TRIES));
  return Math.max(0, tries.at + whole - now);
}

/** About half a second's work on a tablet. @param {string} pin @param {Staff} staff */
export async function matches(pin, { salt, iterations, hash }) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt), iterations }, key, 256);
  return toHex(new Uint8Array(bits)) === hash;
}

/** @param {string} text */
function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} data */
function toHex(data) {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
