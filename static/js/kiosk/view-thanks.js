// @ts-check
/** The thanks with its reasons, and the sheet on which a comment is written. */

import { bound, cleaned, codePoints } from "../lib/text.js";
import { COMMENT_LIMIT } from "./items.js";
import { keyboard } from "./keyboard.js";
import { addSign } from "./view-question.js";
import { button, find, part } from "./words.js";

/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./types.js").Reason} Reason */
/** @typedef {import("./words.js").Language} Language */
/** @typedef {(type: string, value?: any) => void} Send */

/** A phone brings a keyboard that its owner knows; a tablet in kiosk mode may have none (citizen-thanks.css hides ours at the same width). */
const PHONE = "(max-width: 37rem)";

/** @param {Reason[]} reasons @param {Language} language @param {Send} send */
export function thanks(reasons, language, send) {
  const element = part("thanks", language);
  for (const reason of reasons) find(element, ".reasons").append(reasonButton(reason, language, send));
  find(element, "[data-write]").addEventListener("click", () => send("write"));
  find(element, "[data-done]").addEventListener("click", () => send("done"));
  return element;
}

/** What changes while a screen stands. @param {HTMLElement} screen @param {Flow} flow */
export function update(screen, flow) {
  screen.setAttribute("aria-busy", String(flow.busy !== null));
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (screen.querySelectorAll("[data-reason]"))) {
    element.setAttribute("aria-pressed", String(flow.reasons.includes(element.dataset.reason ?? "")));
  }
  const said = /** @type {HTMLElement|null} */ (screen.querySelector("[data-said]"));
  if (said && flow.comment.trim()) said.textContent = flow.comment;
}

/** @param {Reason} reason @param {Language} language @param {Send} send */
function reasonButton(reason, language, send) {
  const element = button("choice choice--reason", bound(reason.text[language]));
  element.dataset.reason = reason.key;
  addSign(element, `sign-${reason.key}`, language);
  element.addEventListener("click", () => send("reason", reason.key));
  return element;
}

/** @param {string} comment @param {Language} language @param {Send} send */
export function writing(comment, language, send) {
  const element = part("writing", language);
  const text = /** @type {HTMLTextAreaElement} */ (find(element, "[data-text]"));
  const count = find(element, "[data-count]");
  const told = () => {
    if (codePoints(text.value) > COMMENT_LIMIT) text.value = cleaned(text.value, COMMENT_LIMIT);
    count.textContent = `${codePoints(text.value)}/${COMMENT_LIMIT}`;
    send("comment", text.value);
  };
  text.value = comment;
  count.textContent = `${codePoints(comment)}/${COMMENT_LIMIT}`;
  text.addEventListener("input", told);
  if (!matchMedia(PHONE).matches) {
    text.inputMode = "none";
    find(element, "[data-keyboard]").append(...keyboard(text, language, told));
  }
  find(element, "[data-written]").addEventListener("click", () => send("written"));
  return element;
}
