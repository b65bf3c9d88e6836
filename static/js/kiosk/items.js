// @ts-check
/** The text of one item, made once at the tap, stored and resent as it is. */

import { cleaned, randomHex } from "../lib/text.js";

/** @typedef {import("./types.js").Order} Order */

export const COMMENT_LIMIT = 500;

/**
 * All that the item says but its place in the row, drawn before the transaction that gives it one.
 * @param {Order} order @param {number} tappedAt ms @param {number|null} skew ms, this clock minus the server's at the last contact
 * @returns {(seq: number) => string}
 */
export function itemMaker(order, tappedAt, skew) {
  const id = crypto.randomUUID();
  const salt = randomHex(16);
  const { kind, unit, officer, questionnaire } = order;
  const content = kind === "rating" ? order.answers : remark(order);
  return (seq) => JSON.stringify({ kind, id, seq, salt, unit, officer, tapped_at: tappedAt, skew, questionnaire, ...content });
}

/** @param {Order} order */
function remark({ reasons = [], comment = "" }) {
  const text = cleaned(comment, COMMENT_LIMIT).trim();
  return { ...(reasons.length ? { reasons } : {}), ...(text ? { comment: text } : {}) };
}
