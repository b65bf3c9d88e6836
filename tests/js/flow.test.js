// The rating flow, event by event.
import assert from "node:assert/strict";
import { test } from "node:test";

import { welcome } from "../../static/js/kiosk/flow-state.js";
import { FAREWELL, GUARD, LEAVE, next, PATIENCE, QUIET } from "../../static/js/kiosk/flow.js";

const ONE = { unit: 4, questionnaire: 1, questions: ["greeted", "asked", "thanked", "satisfaction"], choices: [7] };
const TWO = { ...ONE, choices: [7, 8] };

/** A citizen at a tablet: keeps the state, the clock and what was ordered. */
function visit(setting = ONE) {
  const at = { flow: welcome(setting, 0), now: 0, orders: [], setting };
  at.does = (type, value, wait = GUARD) => at.tells({ type, value }, wait);
  at.tells = (event, wait = GUARD) => {
    at.now += wait;
    const turn = next(at.flow, event, at.setting, at.now);
    at.flow = turn.flow;
    at.orders.push(...turn.orders);
    return at;
  };
  at.waits = (ms) => at.tells({ type: "time" }, ms);
  at.stored = () => at.tells({ type: "stored", session: at.flow.session }, 5);
  at.answersAll = () => at.does("answer", "yes").does("answer", "no").does("answer", "unsure").does("answer", 4);
  return at;
}

test("one officer: the first question is the welcome", () => {
  const at = visit(ONE);

  assert.equal(at.flow.screen, "question");
  assert.equal(at.flow.officer, 7);
});

test("several officers: the choice comes first, and nobody in particular may be meant", () => {
  const at = visit(TWO).does("officer", null);

  assert.equal(at.flow.screen, "question");
  assert.equal(at.flow.officer, null);
});

test("nobody posted: the questions are asked all the same", () => {
  const at = visit({ ...ONE, choices: [] });

  assert.equal(at.flow.screen, "question");
  assert.equal(at.flow.officer, null);
});

test("four taps make one rating, and thanks come only when it is stored", () => {
  const at = visit().answersAll();

  assert.equal(at.flow.screen, "question");
  assert.deepEqual(at.orders, [
    { type: "store", session: 0, kind: "rating", unit: 4, questionnaire: 1, officer: 7, answers: { greeted: "yes", asked: "no", thanked: "unsure", satisfaction: 4 } },
  ]);
  assert.equal(at.stored().flow.screen, "thanks");
  assert.deepEqual(at.flow.answers, {});
});

test("a failed store is said, never thanked for", () => {
  const at = visit().answersAll().tells({ type: "failed", session: 0 });

  assert.equal(at.flow.screen, "failed");
});

test("a disk that does not answer is a failure too, and a late success still leads to thanks", () => {
  const at = visit().answersAll().waits(PATIENCE);

  assert.equal(at.flow.screen, "failed");
  assert.equal(at.stored().flow.screen, "thanks");
});

test("a retry stores the very same order", () => {
  const at = visit().answersAll().tells({ type: "failed", session: 0 }).does("retry");

  assert.equal(at.orders.length, 2);
  assert.equal(at.orders[0], at.orders[1]);
});

test("nobody at the failure screen: one more try, then the welcome", () => {
  const at = visit().answersAll().tells({ type: "failed", session: 0 }).waits(QUIET + LEAVE);

  assert.equal(at.flow.screen, "question");
  assert.deepEqual(at.flow.answers, {});
  assert.equal(at.orders.length, 2);
});

test("a second tap at once is the same tap", () => {
  const at = visit().does("answer", "yes").does("answer", "yes", GUARD - 1);

  assert.equal(at.flow.step, 1);
});

test("a tap while the rating is being stored changes nothing", () => {
  const at = visit().answersAll().does("answer", 1).does("back");

  assert.equal(at.orders.length, 1);
  assert.equal(at.flow.answers.satisfaction, 4);
});

test("back asks the question again and forgets its answer", () => {
  const at = visit().does("answer", "yes").does("answer", "no").does("back");

  assert.equal(at.flow.step, 1);
  assert.deepEqual(at.flow.answers, { greeted: "yes" });
});

test("back from the first question leads to the choice, where there is one", () => {
  assert.equal(visit(TWO).does("officer", 8).does("back").flow.screen, "choice");
  assert.equal(visit(ONE).does("back").flow.screen, "question");
});

test("back does not work after the last tap", () => {
  const at = visit().answersAll().stored().does("back");

  assert.equal(at.flow.screen, "thanks");
});

test("quiet for thirty seconds: we ask; an answer brings everything back as it was", () => {
  const at = visit().does("answer", "yes").waits(QUIET);

  assert.equal(at.flow.asking, true);
  assert.deepEqual(at.does("touch").flow.answers, { greeted: "yes" });
  assert.equal(at.flow.asking, false);
});

test("the touch that says 'still here' does not answer the question below it", () => {
  const at = visit().does("answer", "yes").waits(QUIET).does("touch").does("answer", "no", 10);

  assert.deepEqual(at.flow.answers, { greeted: "yes" });
});

test("asked for twenty seconds in vain: the answers so far are kept as a partial rating", () => {
  const at = visit().does("answer", "yes").waits(QUIET).waits(LEAVE);

  assert.deepEqual(at.orders.map((order) => order.answers), [{ greeted: "yes" }]);
  assert.deepEqual(at.flow.answers, {});
  assert.equal(at.flow.session, 1);
});

test("who went without an answer leaves nothing", () => {
  const at = visit(TWO).does("officer", 7).waits(QUIET).waits(LEAVE);

  assert.deepEqual(at.orders, []);
  assert.equal(at.flow.screen, "choice");
});

test("each touch puts the question off", () => {
  const at = visit().does("answer", "yes").does("touch", null, QUIET - 1).waits(QUIET - 1);

  assert.equal(at.flow.asking, false);
});

test("an untouched welcome waits for ever, and a stray touch does not start a clock", () => {
  const at = visit().does("touch").waits(10 * QUIET);

  assert.equal(at.flow.asking, false);
  assert.equal(at.flow.session, 0);
});

test("untouched thanks end after eight seconds; touched ones follow the idle rule", () => {
  assert.equal(visit().answersAll().stored().waits(FAREWELL).flow.screen, "question");
  assert.equal(visit().answersAll().stored().does("touch").waits(FAREWELL).flow.screen, "thanks");
});

test("reasons can be taken back, and the remark is an order of its own", () => {
  const at = visit().answersAll().stored().does("reason", "fast").does("reason", "clear").does("reason", "fast").does("comment", " Tốt ").does("done");

  assert.deepEqual(at.orders[1], { type: "store", session: 0, kind: "remark", unit: 4, questionnaire: 1, officer: 7, reasons: ["clear"], comment: "Tốt" });
  assert.equal(at.flow.screen, "thanks");
  assert.equal(at.stored().flow.session, 1);
});

test("done without a remark stores nothing more", () => {
  const at = visit().answersAll().stored().does("done");

  assert.equal(at.orders.length, 1);
  assert.equal(at.flow.session, 1);
});

test("who goes while writing leaves what was tapped and typed", () => {
  const at = visit().answersAll().stored().does("write").does("comment", "Chờ lâu").waits(QUIET).waits(LEAVE);

  assert.equal(at.orders[1].comment, "Chờ lâu");
  assert.equal(at.flow.comment, "");
});

test("language, size and voice fall back at the next welcome", () => {
  const at = visit().does("prefer", { language: "en", large: true, aloud: true }).answersAll().stored();

  assert.equal(at.flow.language, "en");
  at.waits(FAREWELL);
  assert.deepEqual([at.flow.language, at.flow.large, at.flow.aloud], ["vi", false, false]);
});

test("a language chosen and left behind is asked about, then falls back", () => {
  const at = visit().does("prefer", { language: "en" }).waits(QUIET);

  assert.equal(at.flow.asking, true);
  assert.equal(at.waits(LEAVE).flow.language, "vi");
});

test("the desk may change under an untouched welcome only", () => {
  const fresh = visit(ONE).tells({ type: "setting" });
  fresh.setting = TWO;
  const begun = visit(ONE).does("answer", "yes");
  begun.setting = TWO;

  assert.equal(fresh.tells({ type: "setting" }).flow.screen, "choice");
  assert.equal(begun.tells({ type: "setting" }).flow.step, 1);
});

test("a rating keeps the unit it began in, and the next one takes the new desk", () => {
  const at = visit(ONE).does("answer", "yes");
  at.setting = { ...ONE, unit: 5 };
  at.does("answer", "no").does("answer", "no").does("answer", 2);

  assert.equal(at.orders[0].unit, 4);
  at.stored().waits(FAREWELL);
  assert.equal(at.flow.setting.unit, 5);
});

test("what storage says of the citizen before does not touch the next one", () => {
  const at = visit().does("answer", "yes").waits(QUIET).waits(LEAVE).does("answer", "no").tells({ type: "failed", session: 0 });

  assert.equal(at.flow.screen, "question");
  assert.deepEqual(at.flow.answers, { greeted: "no" });
});
