// @ts-check
/** The shell's templates and their words: both languages stand in data attributes, one is shown. */

/** @typedef {"vi"|"en"} Language */

/** Everything below an element in one language. @template {ParentNode} Root @param {Root} root @param {Language} language @returns {Root} */
export function speak(root, language) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-vi]"))) {
    element.textContent = element.dataset[language] ?? "";
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-vi-label]"))) {
    element.setAttribute("aria-label", element.dataset[`${language}Label`] ?? "");
  }
  return root;
}

/** A copy of a template, spoken. @param {string} id @param {Language} language @returns {DocumentFragment} */
export function fragment(id, language) {
  const template = /** @type {HTMLTemplateElement|null} */ (document.getElementById(id));
  if (!template) throw new Error(`no template ${id}`);
  return speak(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), language);
}

/** The one element of a template. @param {string} id @param {Language} language @returns {HTMLElement} */
export function part(id, language) {
  return /** @type {HTMLElement} */ (fragment(id, language).firstElementChild);
}

/** A plain button with a text. @param {string} className @param {string} text */
export function button(className, text) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  const words = document.createElement("span");
  words.className = "choice__text";
  words.textContent = text;
  element.append(words);
  return element;
}

/** The words of a template that holds nothing else. @param {string} id @param {Language} language */
export function said(id, language) {
  return (fragment(id, language).textContent ?? "").trim();
}

/** @param {string} id @returns {boolean} */
export function known(id) {
  return document.getElementById(id) !== null;
}

/** @param {ParentNode} root @param {string} selector @returns {any} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}
