// @ts-check
/** What the desk says about who may be rated here today. */

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Officer} Officer */
/** @typedef {import("./types.js").Setting} Setting */

const HANOI_OFFSET = 7 * 60 * 60 * 1000;

/** The calendar day in Hà Nội, which keeps no summer time. @param {number} now ms @returns {string} 2026-12-31 */
export function dayOf(now) {
  return new Date(now + HANOI_OFFSET).toISOString().slice(0, 10);
}

/** Those who sit at this tablet's counters; when nobody does, everyone posted to the unit. A posting that has ended is not shown.
 * @param {Desk} desk @param {string} day @returns {Officer[]} */
export function officersAt(desk, day) {
  const posted = desk.officers.filter(({ until }) => until === null || day <= until);
  const seated = posted.filter((officer) => officer.seated);
  return seated.length > 0 ? seated : posted;
}

/** @param {Desk} desk @param {string} day @returns {Setting} */
export function settingOf(desk, day) {
  return {
    unit: desk.unit.id,
    questionnaire: desk.questionnaire.version,
    questions: desk.questionnaire.questions.map((question) => question.key),
    choices: officersAt(desk, day).map((officer) => officer.id),
  };
}

/** @param {Setting} one @param {Setting} other */
export function sameSetting(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Family name and given name, the first and the last word of a Vietnamese name. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => Array.from(word.normalize("NFC"))[0] ?? "").join("").toLocaleUpperCase("vi");
}
