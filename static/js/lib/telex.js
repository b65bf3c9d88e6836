// @ts-check
/** Vietnamese by Telex: what a key makes of the text before the caret. A key pressed twice takes its change back. Pure. */

import { joined, lastSyllable, parts } from "./syllable.js";

/** @type {Record<string, string>} */
const TONE_OF = { f: "\u0300", s: "\u0301", x: "\u0303", r: "\u0309", j: "\u0323" };
/** @type {Record<string, string>} */
const HAT_OF = { a: "â", e: "ê", o: "ô" };
/** @type {Record<string, string>} */
const HORN_OF = { a: "ă", o: "ơ", u: "ư" };
/** @type {Record<string, string>} */
const PLAIN_OF = { ă: "a", â: "a", ê: "e", ô: "o", ơ: "o", ư: "u", đ: "d" };

/** A letter written as it is; the tone of the syllable moves to where it now belongs, and ưo before another letter is ươ.
 * @param {string} text @param {string} key */
export function written(text, key) {
  const { before, letters, tone } = lastSyllable(text);
  const longer = (letters + key).replace(/([ưƯ])(o)(?=[cimnptu])/iu, (_, u, o) => u + sameCase("ơ", o));
  return joined({ before, letters: longer, tone });
}

/** The tone on the syllable before the caret, or off it again. @param {string} text @param {string} mark a combining character */
export function withTone(text, mark) {
  const syllable = lastSyllable(text);
  if (!parts(syllable.letters)[1]) return text;
  return joined({ ...syllable, tone: syllable.tone === mark ? "" : mark });
}

/** @param {string} text @param {string} key one letter */
export function telex(text, key) {
  const lower = key.toLowerCase();
  const syllable = lastSyllable(text);
  const hasVowel = parts(syllable.letters)[1] !== "";
  if (TONE_OF[lower] && hasVowel) {
    const again = syllable.tone === TONE_OF[lower];
    return again ? joined({ ...syllable, tone: "" }) + key : withTone(text, TONE_OF[lower]);
  }
  if (lower === "z" && syllable.tone) return joined({ ...syllable, tone: "" });
  if (lower === "w" && syllable.letters && !hasVowel) return written(text, sameCase("ư", key));
  const at = placeOf(syllable.letters, lower);
  return at < 0 ? written(text, key) : reshaped(syllable, at, lower, key);
}

/** Which letter of the syllable the key shapes; -1 for none. @param {string} letters @param {string} key */
function placeOf(letters, key) {
  const plain = Array.from(letters.toLowerCase(), (letter) => PLAIN_OF[letter] ?? letter).join("");
  const [opening, vowels, rest] = parts(letters);
  if (key === "d") return plain.startsWith("d") ? 0 : -1;
  if (key === "w") return hornPlace(letters.toLowerCase(), plain.slice(0, opening.length + vowels.length), opening.length);
  if (!HAT_OF[key]) return -1;
  const at = plain.lastIndexOf(key, opening.length + vowels.length - 1);
  return at >= opening.length && (rest !== "" || at === letters.length - 1) ? at : -1;
}

/** Of uo and ua the u (of ưo the o), of oa the a, else the last letter that can.
 * @param {string} letters @param {string} plain the same without hats and horns, to the last vowel @param {number} from the first vowel */
function hornPlace(letters, plain, from) {
  const pair = plain.slice(from).search(/u[oau]/u);
  if (pair >= 0) return from + pair + (letters.startsWith("ưo", from + pair) ? 1 : 0);
  return Math.max(...Array.from("aou", (letter) => plain.lastIndexOf(letter)).filter((at) => at >= from), -1);
}

/** @param {import("./syllable.js").Syllable} syllable @param {number} at @param {string} lower @param {string} key */
function reshaped(syllable, at, lower, key) {
  const letter = syllable.letters[at].toLowerCase();
  const base = PLAIN_OF[letter] ?? letter;
  const wanted = lower === "d" ? "đ" : lower === "w" ? HORN_OF[base] : HAT_OF[base];
  const again = letter === wanted;
  const letters = put(syllable.letters, at, again ? base : wanted);
  const paired = lower === "w" && base === "u" && /^o/iu.test(letters.slice(at + 1));
  const whole = paired ? put(letters, at + 1, again ? "o" : "ơ") : letters;
  return joined({ ...syllable, letters: whole }) + (again ? key : "");
}

/** @param {string} letters @param {number} at @param {string} letter */
function put(letters, at, letter) {
  return letters.slice(0, at) + sameCase(letter, letters[at]) + letters.slice(at + 1);
}

/** @param {string} letter @param {string} model */
function sameCase(letter, model) {
  return model === model.toLowerCase() ? letter : letter.toUpperCase();
}
