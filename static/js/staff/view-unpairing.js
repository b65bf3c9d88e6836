// @ts-check
/** Asks before the tablet is taken away from its place, and says what stays on it. */

import { find, part } from "../kiosk/words.js";
import { figure, told } from "./parts.js";

/** @typedef {import("./corner.js").Surroundings} Surroundings */
/** @typedef {import("./corner.js").Screen} Screen */

/** @param {Surroundings} at @param {() => void} close @param {() => void} back @returns {Screen} */
export function unpairing(at, close, back) {
  const { language } = at.preferences();
  const { unit, tablet } = at.desk();
  const content = part("staff-unpair", language);
  const button = find(content, "[data-unpair]");
  const error = find(content, "[data-error]");
  find(content, "[data-what]").textContent = told("staff-unpair-what", language, { place: tablet.label, unit: unit.name });

  async function show() {
    const { waiting } = await at.store.head();
    const text = told(waiting ? "staff-unpair-waiting" : "staff-unpair-none", language, { count: figure(waiting, language) });
    const line = find(content, "[data-waiting]");
    if (line.textContent !== text) line.textContent = text;
    find(content, "[data-send]").hidden = waiting === 0;
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    const result = await at.unpair();
    button.disabled = false;
    if (result === "ok") return close();
    error.textContent = told("staff-unpair-failed", language);
    error.hidden = false;
  });
  find(content, "[data-send]").addEventListener("click", at.send);
  find(content, "[data-back]").addEventListener("click", back);
  return { title: told("staff-unpair-title", language), content, show };
}
