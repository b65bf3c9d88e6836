// @ts-check
/** The staff corner: which of its screens stands, and that it closes by itself. It shows seats and the device, never an answer. */

import { showBare, showPreferences } from "../kiosk/frame.js";
import { loadParts, told } from "./parts.js";
import { home, showHome } from "./view-home.js";
import { pinPad } from "./view-pin.js";
import { seatChoice } from "./view-seat.js";
import { unpairing } from "./view-unpairing.js";

/** @typedef {import("../kiosk/types.js").Desk} Desk */
/** @typedef {import("../kiosk/seats.js").Change} Change */
/** @typedef {{language: "vi"|"en", large: boolean, aloud: boolean}} Preferences */
/** @typedef {{kind: string|null, good: number|null}} Contact how the last request ended, and when one last ended well, ms */

/**
 * @typedef {object} Surroundings
 * @property {() => Desk} desk as citizens see it
 * @property {() => Preferences} preferences
 * @property {{all: () => Change[], say: (counter: number, officer: number|null) => Promise<void>, seen: () => Promise<void>}} seats
 * @property {{update: (key: string, change: (value: any) => any) => Promise<any>, head: () => Promise<{waiting: number}>}} store
 * @property {() => Contact} contact
 * @property {() => void} send now
 * @property {() => Promise<string>} unpair "ok", or why not
 * @property {() => number} clock ms that only go forward
 * @property {string} version
 * @property {() => void} closed
 */

/** @typedef {{show: () => void}} Corner */
/** @typedef {{title: string, content: HTMLElement, show?: () => void, tick?: () => void}} Screen show: something has changed; tick: a second has passed */

/** Untouched for so long, it closes. */
export const QUIET = 60_000;

/** @param {Surroundings} at @returns {Promise<Corner>} */
export async function openCorner(at) {
  await loadParts();
  let touched = at.clock();
  let open = true;
  /** @type {() => Screen} */
  let build = pin;
  let shown = "";
  /** @type {Screen|null} */
  let screen = null;

  function pin() {
    return pinPad(at, () => go(main), close);
  }

  function main() {
    const content = home(at, { choose: (counter) => go(() => seat(counter)), unpair: () => go(away), close, changed: show });
    return { title: told("staff-title", language()), content, show: () => showHome(content, at) };
  }

  /** @param {number} counter */
  function seat(counter) {
    const back = () => go(main);
    return seatChoice(at, counter, async (officer) => at.seats.say(counter, officer).then(back), back);
  }

  function away() {
    return unpairing(at, close, () => go(main));
  }

  const language = () => at.preferences().language;

  /** @param {() => Screen} next */
  function go(next) {
    build = next;
    shown = "";
    show();
  }

  /** Draws a screen anew only where it is another one, or in another language, or of other counters: what has the focus keeps it. */
  function show() {
    if (!open) return;
    showPreferences(at.preferences());
    const key = [language(), ...at.desk().counters.map(({ id }) => id)].join(" ");
    if (shown !== key) {
      shown = key;
      screen = build();
      showBare("staff", language(), [screen.title], [screen.content]);
    }
    screen?.show?.();
  }

  const touch = () => { touched = at.clock(); };
  const timer = setInterval(() => (at.clock() - touched >= QUIET ? close() : screen?.tick?.()), 1000);
  for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, touch, { capture: true, passive: true });

  function close() {
    if (!open) return;
    open = false;
    clearInterval(timer);
    for (const type of ["pointerdown", "keydown"]) document.removeEventListener(type, touch, { capture: true });
    at.closed();
  }

  show();
  return { show };
}
