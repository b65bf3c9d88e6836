// @ts-check
/** What stands around the stage: unit, tools, back, and the question whether anybody is there; and the stage's own title. */

import { canGoBack, isFresh } from "./flow-state.js";
import { enter, onStage } from "./stages.js";
import { canRead } from "./voice.js";
import { find, speak } from "./words.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./words.js").Language} Language */

const OTHER = { vi: /** @type {const} */ ("en"), en: /** @type {const} */ ("vi") };
const NAME = { vi: "Tiếng Việt", en: "English" };

/** What has the focus when a screen opens. */
export const TITLE = "[data-title]";

/** @param {string} selector */
const at = (selector) => find(document, selector);

/** Tools and language; the same on every screen. @param {{language: Language, large: boolean, aloud: boolean}} preferences */
export function showPreferences({ language, large, aloud }) {
  const root = document.documentElement;
  const size = large ? "large" : "normal";
  if (root.dataset.spoken !== language) {
    speak(document, language);
    root.lang = language;
    root.dataset.spoken = language;
  }
  if (root.dataset.size !== size) root.dataset.size = size;
  at("[data-tool=large]").setAttribute("aria-pressed", String(large));
  at("[data-tool=aloud]").setAttribute("aria-pressed", String(aloud));
  at("[data-tool=aloud]").hidden = !canRead(language);
  at("[data-tool=language]").textContent = NAME[OTHER[language]];
  at("[data-tool=language]").lang = OTHER[language];
}

/** @param {() => {language: Language, large: boolean, aloud: boolean}} now @param {(change: object) => void} prefer */
export function listenToTools(now, prefer) {
  at("[data-tool=large]").addEventListener("click", () => prefer({ large: !now().large }));
  at("[data-tool=aloud]").addEventListener("click", () => prefer({ aloud: !now().aloud }));
  at("[data-tool=language]").addEventListener("click", () => prefer({ language: OTHER[now().language] }));
}

/** What changes with every touch. @param {Flow} flow @param {Desk} desk */
export function showProgress(flow, desk) {
  const unit = at("[data-unit]");
  if (unit.textContent !== desk.unit.name) unit.textContent = desk.unit.name;
  at("[data-door]").hidden = !isFresh(flow);
  at("[data-back]").hidden = !canGoBack(flow);
  at("[data-closing]").hidden = flow.screen !== "thanks" || flow.touched;
  at(".bottom").hidden = flow.writing;
}

/** No rating can be taken: only the unit's name stays, where it is known. @param {string} view @param {Language} language
 * @param {(string|Node)[]} title @param {Node[]} content */
export function showBare(view, language, title, content) {
  for (const part of ["back", "closing", "door"]) at(`[data-${part}]`).hidden = true;
  at(".bottom").hidden = false;
  enter({ key: view, language, fill: (stage) => fillStage(stage, view, title, content) }, TITLE, () => []);
}

/** @param {HTMLElement} stage @param {string} view @param {(string|Node)[]} title @param {Node[]} content */
export function fillStage(stage, view, title, content) {
  stage.dataset.view = view;
  find(stage, "[data-title]").replaceChildren(...title);
  find(stage, "[data-screen]").replaceChildren(...content);
}

/** @param {boolean} asking */
export function showAsking(asking) {
  if (at("[data-ask]").hidden === !asking) return;
  at("[data-ask]").hidden = !asking;
  for (const part of [".top", ".stages", ".bottom"]) at(part).inert = asking;
  if (asking) at("[data-stay]").focus();
  else onStage(TITLE).focus({ preventScroll: true });
}
