// @ts-check
/** A Vietnamese syllable apart from its tone, and where the tone is written (hòa, not hoà). Pure. */

const TONES = "\u0300\u0301\u0303\u0309\u0323"; // huyền, sắc, ngã, hỏi, nặng
const LETTER = /[a-zăâđêôơư]/iu;
const SHAPED = /[ăâêôơư]/iu;

/** @typedef {{before: string, letters: string, tone: string}} Syllable the text before it, its letters without tone, its tone or "" */

/** The syllable that stands at the end of a text. @param {string} text @returns {Syllable} */
export function lastSyllable(text) {
  const characters = Array.from(text.normalize("NFC"));
  let start = characters.length;
  let letters = "";
  let tone = "";
  while (start > 0) {
    const marks = Array.from(characters[start - 1].normalize("NFD"));
    const letter = marks.filter((mark) => !TONES.includes(mark)).join("").normalize("NFC");
    if (!LETTER.test(letter)) break;
    letters = letter + letters;
    tone = marks.find((mark) => TONES.includes(mark)) ?? tone;
    start -= 1;
  }
  return { before: characters.slice(0, start).join(""), letters, tone };
}

/** Consonants before, the vowels that may carry a tone, what follows. The u of qu and the i of gi belong to the consonants.
 * @param {string} letters @returns {[string, string, string]} */
export function parts(letters) {
  const opening = /^(qu|gi(?=[aăâeêoôơuưy]))/iu.exec(letters)?.[0] ?? /^[^aăâeêioôơuưy]*/iu.exec(letters)?.[0] ?? "";
  const vowels = /^[aăâeêioôơuưy]*/iu.exec(letters.slice(opening.length))?.[0] ?? "";
  return [opening, vowels, letters.slice(opening.length + vowels.length)];
}

/** The whole text again, the tone on its vowel. @param {Syllable} syllable */
export function joined({ before, letters, tone }) {
  const [opening, vowels, rest] = parts(letters);
  if (!tone || !vowels) return before + letters;
  const at = opening.length + carrier(vowels, rest !== "");
  return before + letters.slice(0, at) + (letters[at] + tone).normalize("NFC") + letters.slice(at + 1);
}

/** Which of the vowels carries the tone: the last shaped one; of three the middle; of two the second before a consonant, else the first.
 * @param {string} vowels @param {boolean} closed */
function carrier(vowels, closed) {
  const shaped = Array.from(vowels, (vowel) => SHAPED.test(vowel)).lastIndexOf(true);
  if (shaped >= 0) return shaped;
  return vowels.length > 2 || (vowels.length === 2 && closed) ? 1 : 0;
}
