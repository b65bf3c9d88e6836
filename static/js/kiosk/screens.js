// @ts-check
/** Turns a state of the flow into what is on the glass, and nothing else. */

import { officersAt } from "./desk.js";
import { isFresh, mayFollow } from "./flow-state.js";
import { fillStage, showAsking, showBare, showPreferences, showProgress, TITLE } from "./frame.js";
import { enter, onStage } from "./stages.js";
import { card, choice } from "./view-officer.js";
import { aloud, answers, steps } from "./view-question.js";
import { thanks, update, writing } from "./view-thanks.js";
import { hush, read } from "./voice.js";
import { find, known, part, said } from "./words.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./stages.js").Plan} Plan */
/** @typedef {(type: string, value?: any) => void} Send */

let shown = "";

/** @param {Flow} flow @param {Desk} desk @param {string} day @param {Send} send */
export function showFlow(flow, desk, day, send) {
  const plan = planOf(flow, desk, day, send);
  const opened = plan.key !== shown;
  showPreferences(flow);
  showProgress(flow, desk);
  if (opened) {
    enter(plan, shown && (flow.writing ? "[data-text]" : TITLE), () => mayFollow(flow).map((next) => planOf(next, desk, day, send)));
    shown = plan.key;
    if (flow.aloud) read(aloud(onStage(TITLE).textContent ?? "", onStage("[data-screen]")), flow.language);
    else hush();
  }
  update(onStage("[data-screen]"), flow);
  showAsking(flow.asking);
}

/** @param {Flow} flow @param {Desk} desk @param {string} day @param {Send} send @returns {Plan} */
function planOf(flow, desk, day, send) {
  const { session, screen, step, officer, language } = flow;
  const key = [session, screen, step, officer, flow.writing, language, flow.aloud, desk.etag, day].join(" ");
  return { key, language, fill };

  /** @param {HTMLElement} stage */
  function fill(stage) {
    const { title, content } = build(flow, desk, day, send);
    const view = flow.writing ? "writing" : screen;
    fillStage(stage, view, headed(view, title, language), [content]);
    const { questions } = desk.questionnaire;
    const asked = screen === "question" ? step : screen === "thanks" ? questions.length : -1;
    const person = desk.officers.find(({ id }) => id === officer);
    find(stage, "[data-invite]").hidden = !isFresh(flow) && screen !== "choice";
    if (flow.writing) return;
    if (asked >= 0) show(stage, "[data-steps]", steps(questions, asked, language));
    if (person && asked >= 0) show(stage, "[data-panel]", [card(person, language)]);
  }
}

/** @param {HTMLElement} stage @param {string} selector @param {Node[]} content */
function show(stage, selector, content) {
  find(stage, selector).replaceChildren(...content);
  find(stage, selector).hidden = false;
}

/** @param {Flow} flow @param {Desk} desk @param {string} day @param {Send} send @returns {{title: string, content: HTMLElement}} */
function build(flow, desk, day, send) {
  const { language, screen } = flow;
  if (screen === "choice") {
    return { title: said("choice-title", language), content: choice(officersAt(desk, day), language, (id) => send("officer", id)) };
  }
  if (screen === "question") {
    const question = desk.questionnaire.questions[flow.step];
    return { title: question.text[language], content: answers(question, language, (value) => send("answer", value)) };
  }
  if (screen === "failed") {
    const content = part("failed", language);
    find(content, "[data-retry]").addEventListener("click", () => send("retry"));
    return { title: said("failed-title", language), content };
  }
  if (flow.writing) return { title: said("writing-title", language), content: writing(flow.comment, language, send) };
  return { title: said("thanks-title", language), content: thanks(desk.questionnaire.reasons, language, send) };
}

/** A title with its sign, where the screen has one. @param {string} screen @param {string} title @param {"vi"|"en"} language */
function headed(screen, title, language) {
  return known(`${screen}-sign`) ? [part(`${screen}-sign`, language), title] : [title];
}

/** A tablet that takes no rating now says why. @param {"unpaired"|"revoked"|"insecure"|"away"} state
 * @param {{language: "vi"|"en", large: boolean, aloud: boolean}} preferences @returns {boolean} whether the screen is a new one */
export function showState(state, preferences) {
  const { language } = preferences;
  const key = `state ${state} ${language}`;
  showPreferences(preferences);
  if (key === shown) return false;
  shown = key;
  const content = [part(state, language)];
  if (state === "revoked") content.push(part("unpaired", language));
  showBare("state", language, headed(state, said(`${state}-title`, language), language), content);
  showAsking(false);
  return true;
}
