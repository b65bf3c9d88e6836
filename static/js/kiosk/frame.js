// @ts-check
/** What stands around the screen: unit, tools, officer, steps, title, back, and the question whether anybody is there. */

import { canGoBack, isFresh } from "./flow-state.js";
import { card } from "./view-officer.js";
import { steps } from "./view-question.js";
import { canRead } from "./voice.js";
import { find, speak } from "./words.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./words.js").Language} Language */

const OTHER = { vi: /** @type {const} */ ("en"), en: /** @type {const} */ ("vi") };
const NAME = { vi: "Tiếng Việt", en: "English" };

/** What fills a part of the frame now: what stays the same is not made again at every tap.
 * @type {Map<string, string>} */
const filled = new Map();

/** @param {string} selector */
const at = (selector) => find(document, selector);

/** Tools and language; the same on every screen. @param {{language: Language, large: boolean, aloud: boolean}} preferences */
export function showPreferences({ language, large, aloud }) {
  const root = document.documentElement;
  if (root.lang !== language || !root.dataset.spoken) speak(document, language);
  root.lang = language;
  root.dataset.spoken = language;
  root.dataset.size = large ? "large" : "normal";
  at("[data-tool=large]").setAttribute("aria-pressed", String(large));
  at("[data-tool=aloud]").setAttribute("aria-pressed", String(aloud));
  at("[data-tool=aloud]").hidden = !canRead(language);
  at("[data-tool=language]").textContent = NAME[OTHER[language]];
  at("[data-tool=language]").lang = OTHER[language];
}

/** What changes with the screen. @param {Flow} flow @param {Desk} desk */
export function showFrame(flow, desk) {
  const { language, screen, step, officer } = flow;
  const asked = screen === "question" ? step : screen === "thanks" ? desk.questionnaire.questions.length : -1;
  document.body.dataset.view = flow.writing ? "writing" : screen;
  at("[data-unit]").textContent = desk.unit.name;
  at("[data-steps]").hidden = asked < 0 || flow.writing;
  const { version, questions } = desk.questionnaire;
  if (asked >= 0) fill("[data-steps]", [version, asked, language], () => steps(questions, asked, language));
  const person = desk.officers.find(({ id }) => id === officer);
  at("[data-panel]").hidden = !person || screen === "choice" || screen === "failed" || flow.writing;
  fill("[data-panel]", [flow.session, person ?? null, language], () => (person ? [card(person, language)] : []));
}

/** @param {string} selector @param {unknown[]} key what the nodes are made of @param {() => Node[]} nodes */
function fill(selector, key, nodes) {
  const made = JSON.stringify(key);
  if (filled.get(selector) === made) return;
  filled.set(selector, made);
  at(selector).replaceChildren(...nodes());
}

/** @param {() => {language: Language, large: boolean, aloud: boolean}} now @param {(change: object) => void} prefer */
export function listenToTools(now, prefer) {
  at("[data-tool=large]").addEventListener("click", () => prefer({ large: !now().large }));
  at("[data-tool=aloud]").addEventListener("click", () => prefer({ aloud: !now().aloud }));
  at("[data-tool=language]").addEventListener("click", () => prefer({ language: OTHER[now().language] }));
}

/** What changes with every touch. @param {Flow} flow */
export function showProgress(flow) {
  at("[data-invite]").hidden = !isFresh(flow) && flow.screen !== "choice";
  at("[data-door]").hidden = !isFresh(flow);
  at("[data-back]").hidden = !canGoBack(flow);
  at("[data-closing]").hidden = flow.screen !== "thanks" || flow.touched;
  at("[data-screen]").setAttribute("aria-busy", String(flow.busy !== null));
}

/** No rating can be taken: only the unit's name stays, where it is known. */
export function showBareFrame() {
  document.body.dataset.view = "state";
  for (const part of ["steps", "invite", "back", "closing", "panel", "door"]) at(`[data-${part}]`).hidden = true;
}

/** @param {(string|Node)[]} title @param {Node[]} content */
export function showScreen(title, content) {
  at("[data-title]").replaceChildren(...title);
  at("[data-screen]").replaceChildren(...content);
}

/** Tells a screen reader of a new screen. To be called before anything changes: the browser lays the page out for it, and once
 * more when the button goes that had the focus. */
export function focusTitle() {
  at("[data-title]").focus({ preventScroll: true });
}

/** @param {boolean} asking */
export function showAsking(asking) {
  if (at("[data-ask]").hidden === !asking) return;
  at("[data-ask]").hidden = !asking;
  for (const part of [".top", ".stage", ".bottom"]) at(part).inert = asking;
  if (asking) at("[data-stay]").focus();
  else focusTitle();
}
