// @ts-check
/** The templates and the style sheet of the staff corner: a page of their own, so that citizens' first load does not carry them. */

import { page } from "../kiosk/network.js";
import { known, said } from "../kiosk/words.js";

/** @typedef {import("../kiosk/words.js").Language} Language */

const PAGE = "/tablet/staff";
const ZONE = "Asia/Ho_Chi_Minh";
const LOCALE = { vi: "vi-VN", en: "en-GB" };

/** Puts them into the shell, once; fails where they cannot be had. */
export async function loadParts() {
  if (known("staff-pin")) return;
  const text = await page(PAGE);
  const parts = new DOMParser().parseFromString(text ?? "", "text/html");
  const sheet = parts.querySelector("link");
  if (!sheet || !parts.getElementById("staff-pin")) throw new Error("no staff corner");
  const styled = new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", reject);
  });
  document.head.append(document.adoptNode(sheet));
  await styled;
  document.body.append(...parts.querySelectorAll("template"));
}

/** The words of a template, its {names} filled in. @param {string} id @param {Language} language @param {Record<string, string|number>} values */
export function told(id, language, values = {}) {
  return said(id, language).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {number} at ms @param {Language} language */
export function hour(at, language) {
  return new Intl.DateTimeFormat(LOCALE[language], { hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(at);
}

/** @param {number} at ms @param {Language} language */
export function moment(at, language) {
  const day = new Intl.DateTimeFormat(LOCALE[language], { day: "2-digit", month: "2-digit", timeZone: ZONE }).format(at);
  return `${hour(at, language)}, ${day}`;
}

/** @param {number} value @param {Language} language @param {number} digits after the point, at most */
export function figure(value, language, digits = 0) {
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: digits }).format(value);
}
