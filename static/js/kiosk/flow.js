// @ts-check
/** The rating as a state machine: no page, no clock, no storage. An event gives the next state and what is to be stored. */

import { canGoBack, isFresh, ratingOf, remarkOf, unstored, welcome } from "./flow-state.js";

/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./types.js").FlowEvent} FlowEvent */
/** @typedef {import("./types.js").Order} Order */
/** @typedef {import("./types.js").Setting} Setting */
/** @typedef {import("./types.js").Turn} Turn */

/** A second tap within so many ms is the same tap. */
export const GUARD = 350;
/** Quiet for so long: we ask. Asked for so long: the citizen has gone. */
export const QUIET = 30_000;
export const LEAVE = 20_000;
/** The thanks that nobody touches, and how long the disk may take before we say that it failed. */
export const FAREWELL = 8_000;
export const PATIENCE = 10_000;

/** @typedef {(flow: Flow, event: FlowEvent, now: number, setting: Setting) => Turn} Act */

/** @type {Record<string, Act>} */
const ACTS = {
  officer: (flow, event, now) => enter(flow, { screen: "question", step: 0, officer: event.value }, now),
  answer: onAnswer,
  back: onBack,
  reason: (flow, event) => keep({ ...flow, reasons: toggled(flow.reasons, event.value) }),
  write: (flow) => keep({ ...flow, writing: true }),
  comment: (flow, event) => keep({ ...flow, comment: event.value }),
  written: (flow) => keep({ ...flow, writing: false }),
  done: onDone,
  retry: (flow, _, now) => store(flow, flow.busy, now),
  prefer: (flow, event) => keep({ ...flow, ...event.value }),
  touch: (flow, _, now) => (flow.asking ? enter(flow, {}, now) : keep(flow)),
};

/** @param {Flow} flow */
const thanking = (flow) => flow.screen === "thanks" && !flow.busy;

/** Where each act belongs; one that arrives elsewhere is a late finger and changes nothing. @type {Record<string, (flow: Flow) => boolean>} */
const ALLOWED = {
  officer: (flow) => flow.screen === "choice",
  answer: (flow) => flow.screen === "question" && !flow.busy,
  back: canGoBack,
  reason: thanking,
  write: thanking,
  comment: thanking,
  written: thanking,
  done: thanking,
  retry: (flow) => flow.screen === "failed",
  prefer: () => true,
  touch: (flow) => !isFresh(flow),
};

const GUARDED = new Set(["officer", "answer", "back", "reason", "write", "done", "retry"]);

/** @param {Flow} flow @param {FlowEvent} event @param {Setting} setting the desk as it is now, for the next welcome
 * @param {number} now @returns {Turn} */
export function next(flow, event, setting, now) {
  if (event.type === "time") return onTime(flow, setting, now);
  if (event.type === "leave") return leave(flow, setting, now);
  if (event.type === "setting") return keep(isFresh(flow) ? welcome(setting, now, flow.session) : flow);
  if (event.type === "stored" || event.type === "failed") return onReport(flow, event, setting, now);
  if (GUARDED.has(event.type) && (flow.asking || now - flow.entered < GUARD)) return keep(flow);
  if (!ALLOWED[event.type](flow)) return keep(flow);
  return touched(flow, ACTS[event.type](flow, event, now, setting), now);
}

/** @type {Act} */
function onAnswer(flow, event, now) {
  const answers = { ...flow.answers, [flow.setting.questions[flow.step]]: event.value };
  if (flow.step + 1 < flow.setting.questions.length) return enter(flow, { answers, step: flow.step + 1 }, now);
  return store({ ...flow, answers }, ratingOf({ ...flow, answers }), now);
}

/** A question asked again is open again: its answer is forgotten, so no screen ever shows one. @type {Act} */
function onBack(flow, _, now) {
  if (flow.step === 0) return enter(flow, { screen: "choice", officer: null }, now);
  const { [flow.setting.questions[flow.step - 1]]: forgotten, ...answers } = flow.answers;
  return enter(flow, { answers, step: flow.step - 1 }, now);
}

/** @type {Act} */
function onDone(flow, _, now, setting) {
  const remark = remarkOf(flow);
  return remark ? store(flow, remark, now) : leave(flow, setting, now);
}

/** Storage has answered; what it says of an earlier citizen no longer matters here.
 * @param {Flow} flow @param {FlowEvent} event @param {Setting} setting @param {number} now @returns {Turn} */
function onReport(flow, event, setting, now) {
  if (event.session !== flow.session || !flow.busy) return keep(flow);
  if (event.type === "failed") return enter(flow, { screen: "failed", asking: false, writing: false, deadline: now + QUIET + LEAVE }, now);
  if (flow.busy.kind === "remark") return keep(welcome(setting, now, flow.session + 1));
  return enter(flow, { screen: "thanks", answers: {}, busy: null, asking: false, touched: false, deadline: now + FAREWELL }, now);
}

/** @param {Flow} flow @param {Setting} setting @param {number} now @returns {Turn} */
function onTime(flow, setting, now) {
  if (flow.deadline === null || now < flow.deadline) return keep(flow);
  if (flow.busy && flow.screen !== "failed") return onReport(flow, { type: "failed", session: flow.session }, setting, now);
  const gone = flow.asking || flow.screen === "failed" || (flow.screen === "thanks" && !flow.touched);
  return gone ? leave(flow, setting, now) : keep({ ...flow, asking: true, deadline: now + LEAVE });
}

/** Back to the welcome; what was given so far is kept. @param {Flow} flow @param {Setting} setting @param {number} now @returns {Turn} */
function leave(flow, setting, now) {
  const order = unstored(flow);
  return { flow: welcome(setting, now, flow.session + 1), orders: order ? [order] : [] };
}

/** @param {Flow} flow @param {Order|null} order @param {number} now @returns {Turn} */
function store(flow, order, now) {
  return { flow: { ...flow, busy: order, deadline: now + PATIENCE }, orders: order ? [order] : [] };
}

/** @param {Flow} flow @param {Partial<Flow>} change @param {number} now @returns {Turn} */
function enter(flow, change, now) {
  return keep({ ...flow, ...change, entered: now });
}

/** Somebody is there: the idle clock starts anew, unless the disk is at work or the next citizen's welcome stands already.
 * @param {Flow} before @param {Turn} turn @param {number} now @returns {Turn} */
function touched(before, turn, now) {
  if (turn.flow.session !== before.session || turn.flow.busy) return turn;
  return { ...turn, flow: { ...turn.flow, touched: true, asking: false, deadline: now + QUIET } };
}

/** @param {string[]} list @param {string} item */
function toggled(list, item) {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** @param {Flow} flow @returns {Turn} */
function keep(flow) {
  return { flow, orders: [] };
}
