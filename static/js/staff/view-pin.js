// @ts-check
/** The PIN is asked for: digits to tap or to type, and how long to wait after wrong ones. */

import { find, part } from "../kiosk/words.js";
import { told } from "./parts.js";
import { failed, matches, notLater, pause } from "./pin.js";

/** @typedef {import("./corner.js").Surroundings} Surroundings */
/** @typedef {import("./corner.js").Screen} Screen */
/** @typedef {import("./pin.js").Staff} Staff */
/** @typedef {import("./pin.js").Tries} Tries */

const KEY = "staffTries";
const MINUTE = 60_000;

/** @param {Surroundings} at @param {() => void} opened @param {() => void} close @returns {Screen} */
export function pinPad(at, opened, close) {
  const { language } = at.preferences();
  const { staff } = at.desk();
  const content = part(staff ? "staff-pin" : "staff-no-pin", language);
  find(content, "[data-close]").addEventListener("click", close);
  const ask = staff ? asking(content, at, staff, opened) : {};
  return { title: told("staff-pin-title", language), content, ...ask };
}

/** @param {HTMLElement} content @param {Surroundings} at @param {Staff} staff @param {() => void} opened */
function asking(content, at, staff, opened) {
  const { language } = at.preferences();
  const input = /** @type {HTMLInputElement} */ (find(content, "input"));
  /** @type {Tries} */
  let tries = null;
  let busy = true;
  let wrong = false;

  /** @param {(tries: Tries) => Tries} change */
  const note = async (change) => { tries = await at.store.update(KEY, change); };

  async function check() {
    if (busy || !input.value || pause(tries, staff.salt, Date.now())) return;
    busy = true;
    show();
    const pin = input.value;
    input.value = "";
    // Counted before it is looked at: a page loaded anew must not be a try for nothing.
    await note((value) => failed(value, staff.salt, Date.now()));
    wrong = !(await matches(pin, staff));
    if (!wrong) await note(() => null);
    busy = false;
    if (wrong) show();
    else opened();
  }

  function show() {
    const wait = pause(tries, staff.salt, Date.now());
    const error = find(content, "[data-error]");
    const id = wait ? "staff-wait" : wrong ? "staff-wrong" : "";
    const text = id && told(id, language, { minutes: Math.ceil(wait / MINUTE) });
    if (error.textContent !== text) error.textContent = text;
    error.hidden = !text;
    for (const key of content.querySelectorAll("button:not([data-close])")) key.toggleAttribute("disabled", busy || wait > 0);
    content.toggleAttribute("aria-busy", busy);
  }

  for (const key of /** @type {NodeListOf<HTMLElement>} */ (content.querySelectorAll("[data-digit]"))) {
    key.addEventListener("click", () => { if (input.value.length < input.maxLength) input.value += key.dataset.digit; });
  }
  find(content, "[data-delete]").addEventListener("click", () => { input.value = input.value.slice(0, -1); });
  content.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  note((value) => notLater(value, Date.now())).then(() => {
    busy = false;
    show();
  });
  show();
  return { show, tick: show };
}
