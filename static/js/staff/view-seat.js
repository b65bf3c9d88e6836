// @ts-check
/** Who sits at one counter from now on. */

import { card } from "../kiosk/view-officer.js";
import { find, part } from "../kiosk/words.js";
import { told } from "./parts.js";

/** @typedef {import("./corner.js").Surroundings} Surroundings */
/** @typedef {import("./corner.js").Screen} Screen */

/** @param {Surroundings} at @param {number} counter @param {(officer: number|null) => Promise<void>} choose @param {() => void} back @returns {Screen} */
export function seatChoice(at, counter, choose, back) {
  const { language } = at.preferences();
  const { counters, officers, seats = [] } = at.desk();
  const label = counters.find(({ id }) => id === counter)?.label ?? "";
  const content = part("staff-seat", language);
  const list = find(content, "[data-officers]");
  const error = find(content, "[data-error]");

  /** @param {HTMLElement} what @param {number|null} officer @param {boolean} now sits there */
  function offer(what, officer, now) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "choice choice--officer";
    button.append(what);
    if (now) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => choose(officer).catch(() => { error.hidden = false; }));
    list.append(button);
  }

  const here = seats.filter((seat) => seat.counter === counter).map((seat) => seat.officer);
  for (const officer of officers) offer(card(officer, language), officer.id, here.includes(officer.id));
  offer(part("staff-empty-seat", language), null, here.length === 0);
  find(content, "[data-back]").addEventListener("click", back);
  return { title: told("staff-seat-title", language, { counter: label }), content };
}
