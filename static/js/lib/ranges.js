// @ts-check
/** Sets of whole numbers as sorted, disjoint ranges [from, to], both ends included. */

/** @typedef {[number, number]} Range */

/** The fewest ranges that hold all of these. @param {Range[]} ranges @returns {Range[]} */
export function merge(ranges) {
  /** @type {Range[]} */
  const merged = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Single numbers as ranges. @param {number[]} numbers @returns {Range[]} */
export function rangesOf(numbers) {
  return merge(numbers.map((number) => [number, number]));
}

/** What is left of a range without these numbers (sorted). @param {Range} range @param {number[]} present @returns {Range[]} */
export function without([from, to], present) {
  /** @type {Range[]} */
  const left = [];
  let next = from;
  for (const number of present) {
    if (number > next) left.push([next, number - 1]);
    next = number + 1;
  }
  if (next <= to) left.push([next, to]);
  return left;
}

/** Without everything up to a number. @param {Range[]} ranges @param {number} through @returns {Range[]} */
export function after(ranges, through) {
  return ranges.filter(([, to]) => to > through).map(([from, to]) => [Math.max(from, through + 1), to]);
}
