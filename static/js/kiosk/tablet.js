// @ts-check
/** What this tablet is just now: paired or not, with which desk; learnt from the store first, then from the server. */

import { dayOf } from "./desk.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Outcome} Outcome */
/** @typedef {"paired"|"unpaired"|"revoked"|"away"} Standing */
/** @typedef {{fact: (key: string) => Promise<any>, remember: (key: string, value: any) => Promise<void>, adopt: (install: string, last: number) => Promise<void>}} Facts */

const NOISE = 1000;
/** A clock that ran so much faster or slower than time itself has been set. */
const SET = 60_000;

/**
 * @param {Facts} facts @param {() => Promise<{kind: string, desk?: Desk}>} fetchDesk @param {() => number} now @param {() => void} changed
 * @param {() => number} ticking ms that nobody can set; it may stand still in sleep
 */
export function createTablet(facts, fetchDesk, now, changed, ticking) {
  /** @type {Desk|null} */
  let desk = null;
  /** @type {Standing} */
  let standing = "away";
  /** @type {number|null} */
  let skew = null;
  /** The calendar's lead over the ticking clock when the skew was learnt, or at the start. */
  let lead = now() - ticking();

  /** @param {Standing} next */
  async function stand(next) {
    if (next === standing) return;
    standing = next;
    if (next !== "away") await facts.remember("standing", next);
    changed();
  }

  async function refresh() {
    const answer = await fetchDesk();
    if (answer.desk) {
      desk = answer.desk;
      if (desk.install !== undefined) await facts.adopt(desk.install, desk.last ?? 0);
      await facts.remember("desk", desk);
      if (standing === "paired") changed();
      await stand("paired");
    } else if (answer.kind === "unpaired" || answer.kind === "revoked") await stand(answer.kind);
  }

  /** Each write wears a tablet's flash: what the network's own delay explains is not worth one. @param {number} found */
  async function learn(found) {
    const known = skew !== null && Math.abs(found - skew) < NOISE;
    skew = found;
    lead = now() - ticking();
    if (!known) await facts.remember("skew", found);
  }

  return {
    refresh,

    /** Paired just now: whatever stood here before is over, and the desk is learnt as soon as the network allows. */
    async begin() {
      standing = "away";
      await refresh();
      if (standing === "away") changed();
    },

    desk: () => desk,
    standing: () => standing,
    /** Null as well where the clock has been set since: with a skew that no longer holds, a wrong day would look proven. */
    skew: () => (Math.abs(now() - ticking() - lead) < SET ? skew : null),
    /** Today by the server's clock, as far as it is known. */
    day: () => dayOf(now() - (skew ?? 0)),

    async recall() {
      desk = (await facts.fact("desk")) ?? null;
      skew = (await facts.fact("skew")) ?? null;
      const known = await facts.fact("standing");
      standing = known === "paired" && !desk ? "away" : (known ?? "away");
    },

    /** What the sender heard. @param {Outcome} outcome @param {number} sentAt */
    async heard(outcome, sentAt) {
      if (outcome.kind === "unpaired" || outcome.kind === "revoked") await stand(outcome.kind);
      if (!outcome.reply) return;
      await learn(Math.round((sentAt + now()) / 2 - outcome.reply.server_time));
      if (outcome.reply.desk_etag !== desk?.etag || standing !== "paired") await refresh();
    },
  };
}
