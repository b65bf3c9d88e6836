// @ts-check
/** The only module that fetches. It tells what it heard; what that means stands in replies.js. */

import { outcomeOf } from "./replies.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Outcome} Outcome */

const PATIENCE = 30_000;

/** @param {string} url @param {string} [body] JSON text; without one, GET */
async function ask(url, body) {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  const type = answer.headers.get("content-type") ?? "";
  const json = /\bjson\b/.test(type) ? await answer.json() : undefined;
  return { status: answer.status, problem: type.startsWith("application/problem+json"), json, retryAfter: answer.headers.get("retry-after") };
}

/** @param {string} body @param {string} nonce @returns {Promise<Outcome>} */
export async function sync(body, nonce) {
  try {
    return outcomeOf(await ask("/tablet/sync", body), nonce, Date.now());
  } catch {
    return { kind: "offline" };
  }
}

/** @returns {Promise<{kind: "ok", desk: Desk} | {kind: Outcome["kind"]}>} */
export async function desk() {
  try {
    const heard = await ask("/tablet/desk");
    if (heard.status === 200 && heard.json?.unit && heard.json?.questionnaire) return { kind: "ok", desk: heard.json };
    return { kind: heard.status === 200 ? "offline" : outcomeOf(heard, "", Date.now()).kind };
  } catch {
    return { kind: "offline" };
  }
}

/** @param {string} code @param {string} install @returns {Promise<string>} "ok", or the kind of refusal */
export async function pair(code, install) {
  try {
    const { status, problem, json } = await ask("/tablet/pair", JSON.stringify({ code, install }));
    if (status === 200 && json?.tablet !== undefined) return "ok";
    return problem && typeof json?.kind === "string" ? json.kind : "offline";
  } catch {
    return "offline";
  }
}

/** This tablet leaves its place. @returns {Promise<string>} "ok", or the kind of refusal */
export async function unpair() {
  try {
    const { status, problem, json } = await ask("/tablet/unpairing", "{}");
    if (status === 200 && json?.unpaired === true) return "ok";
    return problem && typeof json?.kind === "string" ? json.kind : "offline";
  } catch {
    return "offline";
  }
}

/** A page of ours, as the service worker holds it. @param {string} address @returns {Promise<string|null>} */
export async function page(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** @param {string} address @returns {Promise<Response|null>} only what is a photo */
export async function photo(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok && answer.headers.get("content-type")?.startsWith("image/") ? answer : null;
  } catch {
    return null;
  }
}
