// @ts-check
/** One state of the rating: how it begins, what can be asked of it, and what there is in it to store. */

/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./types.js").Order} Order */
/** @typedef {import("./types.js").Setting} Setting */

/** The first screen of a new citizen: every preference and answer at its default. @param {Setting} setting @param {number} now @returns {Flow} */
export function welcome(setting, now, session = 0) {
  const sole = setting.choices.length < 2;
  return {
    session,
    setting,
    screen: sole ? "question" : "choice",
    step: 0,
    officer: sole ? (setting.choices[0] ?? null) : null,
    answers: {},
    reasons: [],
    comment: "",
    writing: false,
    busy: null,
    asking: false,
    touched: false,
    entered: now,
    deadline: null,
    language: "vi",
    large: false,
    aloud: false,
  };
}

/** Nobody has begun: the desk may change under this screen, and there is nothing to lose. @param {Flow} flow */
export function isFresh(flow) {
  return !flow.touched && (flow.screen === "choice" || flow.screen === "question");
}

/** The screens that a tap may show next: the same, whatever it says. @param {Flow} flow @returns {Flow[]} */
export function mayFollow(flow) {
  const touched = { ...flow, touched: true };
  if (flow.screen === "question") {
    const isLast = flow.step + 1 === flow.setting.questions.length;
    return [isLast ? { ...touched, screen: "thanks" } : { ...touched, step: flow.step + 1 }];
  }
  if (flow.screen !== "thanks") return [];
  if (flow.writing) return [{ ...flow, writing: false }];
  return [welcome(flow.setting, 0, flow.session + 1), { ...flow, writing: true }];
}

/** Is there a screen before this one, and is this one still open? @param {Flow} flow */
export function canGoBack(flow) {
  return flow.screen === "question" && !flow.busy && (flow.step > 0 || flow.setting.choices.length > 1);
}

/** What must not be lost when this citizen goes. @param {Flow} flow @returns {Order|null} */
export function unstored(flow) {
  if (flow.busy) return flow.busy;
  return flow.screen === "thanks" ? remarkOf(flow) : ratingOf(flow);
}

/** @param {Flow} flow @returns {Order|null} nothing when nothing was answered */
export function ratingOf({ session, setting, officer, answers }) {
  if (Object.keys(answers).length === 0) return null;
  return { type: "store", session, kind: "rating", unit: setting.unit, questionnaire: setting.questionnaire, officer, answers };
}

/** @param {Flow} flow @returns {Order|null} */
export function remarkOf({ session, setting, officer, reasons, comment }) {
  if (reasons.length === 0 && comment.trim() === "") return null;
  const { unit, questionnaire } = setting;
  return { type: "store", session, kind: "remark", unit, questionnaire, officer, reasons, comment: comment.trim() };
}
