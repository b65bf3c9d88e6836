// @ts-check
/** One question and its answers, all of the same weight. */

import { bound } from "../lib/text.js";
import { button, known, part } from "./words.js";

/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./words.js").Language} Language */

/** @param {Question} question @param {Language} language @param {(value: string|number) => void} answer */
export function answers(question, language, answer) {
  const list = document.createElement("div");
  list.className = `answers answers--${question.kind}`;
  for (const { value, text } of question.answers) {
    const element = button("choice", bound(text[language]));
    element.dataset.value = String(value);
    addSign(element, `sign-${value}`, language);
    element.addEventListener("click", () => answer(value));
    list.append(element);
  }
  return list;
}

/** @param {HTMLElement} element @param {string} id @param {Language} language */
export function addSign(element, id, language) {
  if (known(id)) element.prepend(part(id, language));
}

/** @param {Question[]} questions @param {number} step questions already answered @param {Language} language @returns {HTMLLIElement[]} */
export function steps(questions, step, language) {
  return questions.map((question, index) => {
    const item = document.createElement("li");
    item.className = index < step ? "step step--past" : "step";
    item.textContent = question.step[language];
    if (index === step) item.setAttribute("aria-current", "step");
    return item;
  });
}

/** What a voice reads: the title, then what can be tapped. @param {string} title @param {ParentNode} screen */
export function aloud(title, screen) {
  const choices = Array.from(screen.querySelectorAll(".choice, .state__text, .thanks__lead"), (element) => element.textContent?.trim() ?? "");
  return [title, ...choices].filter(Boolean).join(". ");
}

