// @ts-check
/** Turns a state of the flow into what is on the glass, and nothing else. */

import { officersAt } from "./desk.js";
import { focusTitle, showAsking, showBareFrame, showFrame, showPreferences, showProgress, showScreen } from "./frame.js";
import { choice } from "./view-officer.js";
import { aloud, answers } from "./view-question.js";
import { thanks, update, writing } from "./view-thanks.js";
import { hush, read } from "./voice.js";
import { find, known, part, said } from "./words.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {(type: string, value?: any) => void} Send */

let shown = "";

/** @param {Flow} flow @param {Desk} desk @param {string} day @param {Send} send */
export function showFlow(flow, desk, day, send) {
  const screen = find(document, "[data-screen]");
  const key = [flow.session, flow.screen, flow.step, flow.writing, flow.language, flow.aloud, desk.etag, day].join(" ");
  const opened = key !== shown && shown !== "";
  if (opened && !flow.writing) focusTitle();
  showPreferences(flow);
  if (key !== shown) {
    showFrame(flow, desk);
    const { title, content } = build(flow, desk, day, send);
    shown = key;
    showScreen(headed(flow.writing ? "writing" : flow.screen, title, flow.language), [content]);
    if (flow.aloud) read(aloud(title, screen), flow.language);
    else hush();
  }
  update(screen, flow);
  showProgress(flow);
  if (opened && flow.writing) find(screen, "[data-text]").focus();
  showAsking(flow.asking);
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
  showBareFrame();
  const content = [part(state, language)];
  if (state === "revoked") content.push(part("unpaired", language));
  showScreen(headed(state, said(`${state}-title`, language), language), content);
  focusTitle();
  showAsking(false);
  return true;
}
