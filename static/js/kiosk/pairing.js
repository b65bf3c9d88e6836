// @ts-check
/** The pairing form: a code from the address's fragment or typed, one button, one POST. */

import { pair } from "./network.js";
import { find, known, said } from "./words.js";

/** The code in the fragment, taken out of the address at once so that it stays in no history. @returns {string} */
export function codeFromAddress() {
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

/** @param {string} code @param {() => Promise<string>} install @param {() => Promise<void>} paired */
export function listenToForm(code, install, paired) {
  const form = /** @type {HTMLFormElement} */ (find(document, "[data-pair]"));
  const input = find(form, "input");
  const button = find(form, "button");
  input.value = code;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const result = await pair(input.value, await install());
    button.disabled = false;
    if (result === "ok") await paired();
    else refuse(form, result);
  });
}

/** Is there a code in the form, typed or given by the address? */
export function typed() {
  const input = /** @type {HTMLInputElement|null} */ (document.querySelector("[data-pair] input"));
  return Boolean(input?.value);
}

/** @param {HTMLFormElement} form @param {string} kind */
function refuse(form, kind) {
  const language = document.documentElement.lang === "en" ? "en" : "vi";
  const error = find(form, "[data-error]");
  error.textContent = said(known(`refused-${kind}`) ? `refused-${kind}` : "refused-unexpected", language);
  error.hidden = false;
  find(form, "input").focus();
}
