// @ts-check
/** Sends the outbox, one request at a time, until it is empty; then rests until something is added or the next heartbeat. */

import { randomHex } from "../lib/text.js";
import { after, backOff, firstAttempt, isProbing } from "./attempts.js";
import { batch, body, headOf, MOST_RANGES, settlement } from "./outbox.js";

/** @typedef {import("./types.js").Outcome} Outcome */
/** @typedef {import("./types.js").OutboxStore} OutboxStore */

export const HEARTBEAT = 5 * 60_000;

/**
 * @typedef {object} Surroundings
 * @property {OutboxStore} store
 * @property {(body: string, nonce: string) => Promise<Outcome>} sync
 * @property {() => number} now ms
 * @property {() => number} random in [0, 1)
 * @property {(work: () => Promise<number|null>) => Promise<number|null>} alone runs the work while no other tab does
 * @property {(work: () => void, ms: number) => number} later
 * @property {(timer: number) => void} cancel
 * @property {() => Promise<object>} facts what else a request says of this tablet
 * @property {(outcome: Outcome, sentAt: number) => Promise<void>} heard
 */

/** @param {Surroundings} surroundings */
export function createSender({ store, sync, now, random, alone, later, cancel, facts, heard }) {
  let attempt = firstAttempt();
  let timer = 0;
  let running = false;
  let resting = true;
  let again = false;
  let anew = false;
  let stuck = 0;

  /** @returns {Promise<number|null>} ms to wait before the next turn; null: nothing is left to send */
  async function turn() {
    const { install, waiting, settled, gone, wiped } = await store.head();
    const nonce = randomHex(16);
    const sentAt = now();
    const head = headOf({ install, nonce, sent_at: sentAt, acked_through: settled, gone: gone.slice(0, MOST_RANGES), wiped, queued: waiting, ...(await facts()) });
    const items = isProbing(attempt) ? [] : batch(await store.oldest(attempt.limit), head, attempt.limit);
    const outcome = await sync(body(head, items), nonce);
    const decision = after(attempt, outcome, items.map((item) => item.seq), random());
    attempt = decision.attempt;
    const reply = outcome.reply ? settlement(items, outcome.reply, gone) : null;
    if (outcome.reply && reply) await store.settle(reply, outcome.reply.server_time);
    if (decision.aside !== null) await store.setAside(decision.aside);
    await heard(outcome, sentAt);
    if (!reply) return decision.wait;
    return (await store.head()).waiting === 0 ? null : onward(reply.acked.length < items.length);
  }

  /** A reply that leaves an item unsettled must not become a storm of requests. @param {boolean} left */
  function onward(left) {
    stuck = left ? stuck + 1 : 0;
    return stuck && backOff(stuck, random());
  }

  async function run() {
    running = true;
    again = anew = false;
    cancel(timer);
    const wait = await alone(turn).catch(() => backOff(3, random()));
    running = false;
    resting = wait === null;
    // What was on its way when everything changed, such as a refusal from before the pairing, counts no more.
    if (anew) attempt = firstAttempt();
    if (anew || (resting && again)) return run();
    timer = later(run, wait ?? HEARTBEAT * (0.75 + random() / 2));
  }

  return {
    /** Something was added: send it now, unless a back-off is being kept. */
    kick() {
      if (running) again = true;
      else if (resting) run();
    },

    /** The network is back, or the tablet was paired: what went wrong before no longer counts. */
    restart() {
      attempt = firstAttempt();
      if (running) anew = true;
      else run();
    },
  };
}
