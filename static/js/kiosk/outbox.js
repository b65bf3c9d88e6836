// @ts-check
/** What goes into a request, and what a reply means for the items that were in it. Decisions only. */

import { bytes } from "../lib/text.js";
import { after, merge, rangesOf } from "../lib/ranges.js";

/** @typedef {import("./types.js").Kept} Kept */
/** @typedef {import("./types.js").Range} Range */
/** @typedef {import("./types.js").Reply} Reply */
/** @typedef {import("./types.js").Settlement} Settlement */

export const MOST_ITEMS = 50;
export const MOST_BYTES = 256 * 1024;
const KIBIBYTE = 1024;
/** The server reads no more of them; the rest is told when these are counted past. */
export const MOST_RANGES = 1000;
/** An acknowledged item that no backup was ever reported to hold is kept so long. */
export const KEPT_FOR = 90 * 24 * 60 * 60 * 1000;

/** waiting to be acknowledged; acknowledged, kept until durable; set aside, since no server could read it */
export const WAITING = 0;
export const ACKED = 1;
export const ASIDE = 2;

/**
 * The oldest items that one request may carry. A single item always goes, however long.
 * @param {Kept[]} waiting oldest first @param {string} head the request without its items @param {number} limit @returns {Kept[]}
 */
export function batch(waiting, head, limit) {
  let size = bytes(head);
  let count = 0;
  for (const { text } of waiting.slice(0, Math.min(limit, MOST_ITEMS))) {
    size += bytes(text) + 1;
    if (count > 0 && size > MOST_BYTES) break;
    count += 1;
  }
  return waiting.slice(0, count);
}

/** The request's body: each item's text goes in as it was stored, never written anew; white space makes it whole KiB, for whoever sees its length.
 * @param {string} head a JSON object with an empty "items" at its end @param {Kept[]} items */
export function body(head, items) {
  const text = head.slice(0, -2) + items.map((item) => item.text).join(",") + "]}";
  return text + " ".repeat(Math.ceil(bytes(text) / KIBIBYTE) * KIBIBYTE - bytes(text));
}

/** @param {object} facts @returns {string} */
export function headOf(facts) {
  return JSON.stringify({ ...facts, items: [] });
}

/**
 * Stored, duplicate, quarantined and conflict are all safe on the server, so all are acknowledgements. The last two leave no receipt:
 * beyond have_through the server must be told that they will never come.
 * @param {Kept[]} sent @param {Reply} reply @param {Range[]} gone as told so far @returns {Settlement}
 */
export function settlement(sent, reply, gone) {
  const results = reply.results.filter(({ index, outcome }) => sent[index] && KNOWN.has(outcome));
  const acked = results.map(({ index }) => sent[index].seq);
  const receiptless = results.filter(({ outcome }) => !RECEIPTED.has(outcome)).map(({ index }) => sent[index].seq);
  return {
    acked,
    gone: after(merge([...gone, ...rangesOf(receiptless)]), reply.have_through),
    haveThrough: reply.have_through,
    durableThrough: reply.durable_through,
    need: merge(reply.need),
  };
}

const RECEIPTED = new Set(["stored", "duplicate"]);
const KNOWN = new Set([...RECEIPTED, "quarantined", "conflict"]);
