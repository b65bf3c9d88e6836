// @ts-check
/** The stages: one is on the glass; behind it, built and laid out before anybody taps, wait those that a tap may show next. */

import { DRAWN } from "./fingers.js";
import { find, speak } from "./words.js";

/** @typedef {import("./words.js").Language} Language */
/** @typedef {{key: string, language: Language, fill: (stage: HTMLElement) => void}} Plan what a stage shows, and how it is made */

let front = /** @type {HTMLElement} */ (find(document, "[data-stage]"));
const blank = /** @type {HTMLElement} */ (front.cloneNode(true));

/** @type {Map<string, HTMLElement>} by what they show */
const waiting = new Map();
let timer = 0;

/** @param {string} selector */
export const onStage = (selector) => find(front, selector);

/** @param {Plan} plan */
function made({ language, fill }) {
  const stage = speak(/** @type {HTMLElement} */ (blank.cloneNode(true)), language);
  fill(stage);
  return stage;
}

/** Nothing is left of the stage that stood here: what was chosen on it is not for the next person.
 * @param {Plan} plan @param {string|null} focus what tells a screen reader of the new stage; it is laid out for that, so all else comes before
 * @param {() => Plan[]} next what may follow; asked for when this stage has been drawn, before the guard lets anybody tap */
export function enter(plan, focus, next) {
  const old = front;
  front = waiting.get(plan.key) ?? made(plan);
  waiting.delete(plan.key);
  delete front.dataset.waiting;
  if (!front.isConnected) old.after(front);
  // Before the old one goes: taking away what has the focus makes the browser work twice.
  if (focus) onStage(focus).focus({ preventScroll: true });
  old.remove();
  clearTimeout(timer);
  timer = window.setTimeout(() => foresee(next()), DRAWN);
}

/** Builds what may come next and drops what may not. @param {Plan[]} plans */
function foresee(plans) {
  const keys = plans.map(({ key }) => key);
  for (const [key, stage] of waiting) {
    if (keys.includes(key)) continue;
    stage.remove();
    waiting.delete(key);
  }
  for (const plan of plans) {
    if (waiting.has(plan.key)) continue;
    const stage = made(plan);
    stage.dataset.waiting = "";
    waiting.set(plan.key, stage);
    front.after(stage);
  }
}
