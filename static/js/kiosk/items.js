// @ts-check
/** The text of one item, made once at the tap, stored and resent as it is. */

import { cleaned, randomHex } from "../lib/text.js";
import { SIZES } from "./seals.js";

/** @typedef {import("./types.js").Order} Order */
/** @typedef {import("./types.js").Seal} Seal */
/** @typedef {{seal: (seal: Seal, bound: string, text: string, size: number) => Promise<object>}} Sealer */

export const COMMENT_LIMIT = 500;
const MINUTE = 60_000;

/**
 * All that the item says but its place in the row, drawn and sealed before the transaction that gives it one.
 * A desk kept from an older server names no key: the item then goes plain, for a rating must not be lost over that.
 * @param {Order} order @param {{now: number, skew: number|null}} time ms; skew: this clock minus the server's at the last contact
 * @param {Sealer} sealer @param {Seal|null|undefined} seal @returns {Promise<(seq: number) => string>}
 */
export async function itemMaker(order, { now, skew }, sealer, seal) {
  const id = crypto.randomUUID();
  const { kind, unit, officer, questionnaire } = order;
  const answers = kind === "rating" ? order.answers : remark(order);
  const content = { officer, tapped_at: minuteOf(now, skew ?? 0), skew, questionnaire, ...answers };
  if (!seal) {
    const salt = randomHex(16);
    return (seq) => JSON.stringify({ kind, id, seq, salt, unit, ...content });
  }
  const sealed = await sealer.seal(seal, `${id}|${unit}`, JSON.stringify({ kind, ...content }), SIZES[kind]);
  return (seq) => JSON.stringify({ kind: "sealed", id, seq, unit, ...sealed });
}

/** When the minute began in which this is, by the server's clock; so that no two clocks disagree about its day. @param {number} now @param {number} skew */
function minuteOf(now, skew) {
  return Math.max(0, Math.floor((now - skew) / MINUTE) * MINUTE + skew);
}

/** @param {Order} order */
function remark({ reasons = [], comment = "" }) {
  const text = cleaned(comment, COMMENT_LIMIT).trim();
  return { ...(reasons.length ? { reasons } : {}), ...(text ? { comment: text } : {}) };
}
