// @ts-check
/** The on-screen keyboard: Telex and direct letters and tones in Vietnamese, plain letters in English. */

import { telex, withTone, written } from "../lib/telex.js";
import { button, part } from "./words.js";

/** @typedef {import("./words.js").Language} Language */

const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const FIGURES = ["1234567890", "-/:;()%+=", ",.?!\"'…"];
const SHAPES = "ăâđêôơư";
const TONES = "\u0300\u0301\u0309\u0303\u0323";
/** Every reader of Vietnamese knows the tones by name; a bare combining mark would float beside its key. */
const NAMES = ["huyền `", "sắc ´", "hỏi ?", "ngã ~", "nặng ."];

/** @param {HTMLTextAreaElement} text @param {Language} language @param {() => void} changed @returns {HTMLElement[]} rows of keys */
export function keyboard(text, language, changed) {
  const state = { capital: text.value === "", figures: false };
  const board = document.createElement("div");
  board.className = "keys";

  /** @param {string} key */
  const press = (key) => {
    if (key === "shift") state.capital = !state.capital;
    else if (key === "figures") state.figures = !state.figures;
    else {
      type(text, key, language === "vi" && !state.figures);
      state.capital = false;
      changed();
    }
    if (key === "shift" || key === "figures" || board.dataset.capital === "true") draw();
  };

  const draw = () => {
    board.dataset.capital = String(state.capital);
    board.replaceChildren(...rows(state, language));
  };

  board.addEventListener("pointerdown", (event) => event.preventDefault());
  board.addEventListener("click", (event) => {
    const key = /** @type {Element} */ (event.target).closest("[data-key]");
    if (key) press(/** @type {HTMLElement} */ (key).dataset.key ?? "");
  });
  draw();
  return [board];
}

/** @param {{capital: boolean, figures: boolean}} state @param {Language} language */
function rows({ capital, figures }, language) {
  /** @param {string} letter */
  const cased = (letter) => key(capital ? letter.toUpperCase() : letter);
  const [top, middle, bottom] = (figures ? FIGURES : LETTERS).map((letters) => Array.from(letters, cased));
  const shift = part("key-shift", language);
  shift.setAttribute("aria-pressed", String(capital));
  const last = [key("figures", figures ? "ABC" : "123"), key(","), part("key-space", language), key("."), key("?")];
  const plain = [row("", top), row("", middle), row("", [shift, ...bottom, part("key-backspace", language)]), row("", last)];
  if (language === "en" || figures) return plain;
  const tones = Array.from(TONES, (tone, index) => key(tone, NAMES[index]));
  const marks = document.createElement("div");
  marks.className = "keys__marks";
  marks.append(row("", Array.from(SHAPES, cased)), row("keys__row--tones", tones));
  return [marks, ...plain];
}

/** @param {string} kind @param {HTMLElement[]} keys */
function row(kind, keys) {
  const element = document.createElement("div");
  element.className = `keys__row ${kind}`;
  element.append(...keys);
  return element;
}

/** @param {string} value @param {string} [shown] */
function key(value, shown = value) {
  const element = button("key", shown);
  element.dataset.key = value;
  element.tabIndex = -1;
  return element;
}

/** What a key does to the text before the caret. @param {HTMLTextAreaElement} text @param {string} key @param {boolean} vietnamese */
function type(text, key, vietnamese) {
  const start = text.selectionStart;
  const chosen = text.selectionEnd > start;
  const before = text.value.slice(0, start);
  const after = text.value.slice(text.selectionEnd);
  const typed = key === "backspace" ? (chosen ? before : Array.from(before.normalize("NFC")).slice(0, -1).join("")) : composed(before, key, vietnamese);
  text.value = typed + after;
  text.setSelectionRange(typed.length, typed.length);
  text.scrollTop = text.scrollHeight;
}

/** @param {string} before @param {string} key @param {boolean} vietnamese */
function composed(before, key, vietnamese) {
  if (TONES.includes(key)) return withTone(before, key);
  if (!vietnamese || !/\p{Letter}/u.test(key)) return before + key;
  return SHAPES.includes(key.toLowerCase()) ? written(before, key) : telex(before, key);
}

