// @ts-check
/**
 * What to do after a request: how much to send next, how long to wait, what to give up on.
 * An item is set aside only when it fails alone, an empty request does not, and it then fails again at once:
 * a broken server must not make every item look broken, nor one that has just come back.
 */

import { MOST_ITEMS } from "./outbox.js";

/** @typedef {import("./types.js").Attempt} Attempt */
/** @typedef {import("./types.js").Outcome} Outcome */

export const FIRST_WAIT = 2_000;
export const LONGEST_WAIT = 300_000;
/** Retry-After is obeyed, but not for longer than this; the jitter comes on top, for every tablet was told the same. */
export const LONGEST_OBEYED = 3_600_000;
export const FAULTS_BEFORE_HALVING = 3;

/** @returns {Attempt} */
export function firstAttempt() {
  return { limit: MOST_ITEMS, tries: 0, failures: 0, suspect: null, proven: false };
}

/** Is the next request to be empty, to see whether the server is well? @param {Attempt} attempt */
export function isProbing({ suspect, proven }) {
  return suspect !== null && !proven;
}

/** Full jitter: anywhere between nothing and the ceiling. @param {number} failures in a row, 1 and more @param {number} random in [0, 1) */
export function backOff(failures, random) {
  return random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures, 20));
}

/**
 * @param {Attempt} attempt @param {Outcome} outcome @param {number[]} sent seqs in the request; none when it was empty @param {number} random
 * @returns {{attempt: Attempt, wait: number, aside: number|null}}
 */
export function after(attempt, outcome, sent, random) {
  if (outcome.kind === "ok") return { attempt: succeeded(attempt), wait: 0, aside: null };
  const refused = sent.length > 0 && (outcome.kind === "unreadable" || outcome.kind === "fault");
  if (refused && attempt.proven) return { attempt: firstAttempt(), wait: 0, aside: attempt.suspect };
  if (refused && outcome.kind === "unreadable") return { attempt: halved(attempt, sent), wait: 0, aside: null };
  const failures = attempt.failures + 1;
  const wait = Math.min(outcome.after ?? 0, LONGEST_OBEYED) + backOff(failures, random);
  const tries = attempt.tries + (refused ? 1 : 0);
  const next = tries < FAULTS_BEFORE_HALVING ? { ...attempt, tries, suspect: null, proven: false } : halved(attempt, sent);
  return { attempt: { ...next, failures }, wait, aside: null };
}

/** A smaller request next; a single item is suspected. @param {Attempt} attempt @param {number[]} sent @returns {Attempt} */
function halved(attempt, sent) {
  if (sent.length === 1) return { ...attempt, tries: 0, limit: 1, suspect: sent[0], proven: false };
  return { ...attempt, tries: 0, limit: Math.floor(sent.length / 2), suspect: null, proven: false };
}

/** After a probe, the suspect alone; after items, more of them. @param {Attempt} attempt @returns {Attempt} */
function succeeded(attempt) {
  if (isProbing(attempt)) return { ...firstAttempt(), limit: 1, suspect: attempt.suspect, proven: true };
  return { ...firstAttempt(), limit: Math.min(MOST_ITEMS, attempt.limit * 2) };
}
