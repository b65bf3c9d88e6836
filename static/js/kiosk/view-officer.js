// @ts-check
/** An officer's photo or initials, name, title and counter; and the choice among several. */

import { bound } from "../lib/text.js";
import { initials } from "./desk.js";
import { find, part } from "./words.js";

/** @typedef {import("./types.js").Officer} Officer */
/** @typedef {import("./words.js").Language} Language */

/** @param {Officer} officer @param {Language} language */
export function card(officer, language) {
  const element = part("officer", language);
  find(element, ".officer__name").textContent = officer.name;
  line(element, ".officer__title", officer.title);
  line(element, ".officer__counter", officer.counter);
  find(element, ".portrait__initials").textContent = initials(officer.name);
  showPhoto(element, officer.photo);
  return element;
}

/** Nobody in particular. @param {Language} language */
export function nobody(language) {
  return part("nobody", language);
}

/** @param {Officer[]} officers @param {Language} language @param {(id: number|null) => void} choose */
export function choice(officers, language, choose) {
  const list = document.createElement("div");
  list.className = "officers";
  list.dataset.count = String(officers.length > 7 ? "many" : officers.length);
  for (const officer of officers) list.append(button(card(officer, language), () => choose(officer.id)));
  list.append(button(nobody(language), () => choose(null)));
  return list;
}

/** @param {HTMLElement} content @param {() => void} act */
function button(content, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "choice choice--officer";
  element.append(content);
  element.addEventListener("click", act);
  return element;
}

/** @param {HTMLElement} element @param {string} selector @param {string|null} text */
function line(element, selector, text) {
  const target = find(element, selector);
  target.textContent = bound(text ?? "");
  target.hidden = !text;
}

/** The initials stand until the photo is there, and when it cannot be had. @param {HTMLElement} element @param {string|null} address */
function showPhoto(element, address) {
  if (!address) return;
  const photo = find(element, ".portrait__photo");
  photo.addEventListener("load", () => { photo.hidden = false; });
  photo.src = address;
}
