// @ts-check
/**
 * The way to the staff corner: a long press on the unit's name, or the keyboard; and whether it is open.
 * What is behind it is loaded when it is first opened, from what the service worker holds.
 */

import { find } from "./words.js";

/** @typedef {import("../staff/corner.js").Corner} Corner */
/** @typedef {import("../staff/corner.js").Surroundings} Surroundings */

export const HOLD = 2_000;

/**
 * Calls when an element has been held long enough by one finger, or pressed by a key.
 * @param {HTMLElement} area @param {HTMLElement} button in it, for whoever uses no pointer @param {() => void} open
 */
export function listenToHold(area, button, open) {
  let timer = 0;
  const release = () => {
    clearTimeout(timer);
    delete area.dataset.held;
  };
  area.addEventListener("pointerdown", (event) => {
    if (button.hidden || !event.isPrimary) return;
    area.dataset.held = "";
    timer = window.setTimeout(() => {
      release();
      if (!button.hidden) open();
    }, HOLD);
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"]) area.addEventListener(type, release);
  // A key or a screen reader gives a click that no pointer made.
  button.addEventListener("click", (event) => event.detail === 0 && open());
}

/** @param {Omit<Surroundings, "closed">} surroundings @param {() => void} closed the welcome belongs here again */
export function createDoor(surroundings, closed) {
  /** @type {Corner|null} */
  let corner = null;
  let opening = false;

  async function open() {
    if (corner || opening) return;
    opening = true;
    try {
      const { openCorner } = await import("../staff/corner.js");
      corner = await openCorner({ ...surroundings, closed: close });
    } catch {
      // Neither held here nor to be had from the server: there is nothing to show.
    }
    opening = false;
  }

  function close() {
    corner = null;
    closed();
  }

  return {
    listen: () => listenToHold(find(document, "[data-place]"), find(document, "[data-door]"), open),
    isOpen: () => corner !== null || opening,
    /** Something has changed that it may show. */
    show: () => corner?.show(),
  };
}
