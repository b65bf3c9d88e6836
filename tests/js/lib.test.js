// Small things: ranges, text, the clock, the desk, items.
import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, initials, officersAt, settingOf } from "../../static/js/kiosk/desk.js";
import { COMMENT_LIMIT, itemMaker } from "../../static/js/kiosk/items.js";
import { createSealer } from "../../static/js/kiosk/seals.js";
import { steadyClock } from "../../static/js/lib/clock.js";
import { after, merge, rangesOf, without } from "../../static/js/lib/ranges.js";
import { bound, bytes, cleaned, codePoints, randomHex } from "../../static/js/lib/text.js";

test("ranges that touch or overlap become one", () => {
  assert.deepEqual(merge([[5, 6], [1, 2], [3, 3], [6, 9]]), [[1, 3], [5, 9]]);
  assert.deepEqual(rangesOf([3, 1, 2, 7]), [[1, 3], [7, 7]]);
});

test("a range without numbers leaves the gaps between them", () => {
  assert.deepEqual(without([1, 9], [1, 4, 5, 9]), [[2, 3], [6, 8]]);
  assert.deepEqual(without([1, 3], []), [[1, 3]]);
  assert.deepEqual(without([2, 2], [2]), []);
});

test("what is counted past is dropped from ranges", () => {
  assert.deepEqual(after([[1, 3], [5, 9]], 6), [[7, 9]]);
});

test("a comment is counted in code points after NFC and loses what no server reads", () => {
  assert.equal(codePoints("tie\u0302\u0301ng"), 5);
  assert.equal(cleaned("a\u0000b\ud800c\n😀", 500), "abc\n😀");
  assert.equal(Array.from(cleaned("😀".repeat(501), 500)).length, 500);
  assert.equal(bytes("ấ"), 3);
});

test("two short words at the end stay together, long ones may part", () => {
  assert.equal(bound("Rất hài lòng"), "Rất hài\u00a0lòng");
  assert.equal(bound("Hard to understand"), "Hard to understand");
  assert.equal(bound("Hài lòng"), "Hài lòng");
});

test("random hexadecimal has two digits a byte", () => {
  assert.match(randomHex(16), /^[0-9a-f]{32}$/);
  assert.notEqual(randomHex(16), randomHex(16));
});

test("time goes on while the machine sleeps and never back", () => {
  let [tick, date] = [0, 1000];
  const clock = steadyClock(() => tick, () => date);
  tick = 10;
  date = 1010;
  assert.equal(clock(), 10);
  date += 60_000;
  assert.equal(clock(), 60_010);
  date -= 90_000;
  tick += 5;
  assert.equal(clock(), 60_015);
});

const officer = (id, more = {}) => ({ id, name: "", title: "", photo: null, counter: null, seated: false, until: null, ...more });
const desk = (officers) => ({ unit: { id: 3 }, officers, questionnaire: { version: 1, questions: [{ key: "greeted" }], reasons: [] } });

test("those who sit here are shown; when nobody does, all who are posted", () => {
  const day = "2026-11-24";

  assert.deepEqual(settingOf(desk([officer(1), officer(2, { seated: true })]), day).choices, [2]);
  assert.deepEqual(settingOf(desk([officer(1), officer(2)]), day).choices, [1, 2]);
});

test("a posting is shown on its last day and no longer", () => {
  const leaving = desk([officer(1, { until: "2026-11-24", seated: true }), officer(2)]);

  assert.deepEqual(officersAt(leaving, "2026-11-24").map(({ id }) => id), [1]);
  assert.deepEqual(officersAt(leaving, "2026-11-25").map(({ id }) => id), [2]);
});

test("the day changes at midnight in Hà Nội", () => {
  assert.equal(dayOf(Date.parse("2026-11-24T16:59:59Z")), "2026-11-24");
  assert.equal(dayOf(Date.parse("2026-11-24T17:00:00Z")), "2026-11-25");
});

test("initials are of the family name and the given name", () => {
  assert.equal(initials("Nguyễn Thị Minh Hạnh"), "NH");
  assert.equal(initials(" Đỗ  Ánh "), "ĐÁ");
  assert.equal(initials("Ân"), "Â");
});

const order = { type: "store", session: 0, kind: "rating", unit: 3, officer: null, questionnaire: 1, answers: { greeted: "yes", satisfaction: 5 } };

/** As to a desk of an older server, which names no key. */
const plain = (order, time = { now: 0, skew: null }) => itemMaker(order, time, createSealer(), null);

test("an item says what the protocol asks, and nothing of the language", async () => {
  const item = JSON.parse((await plain(order, { now: 61_000, skew: 1000 }))(17));

  assert.match(item.id, /^[0-9a-f-]{36}$/);
  assert.match(item.salt, /^[0-9a-f]{32}$/);
  assert.deepEqual({ ...item, id: "", salt: "" }, { kind: "rating", id: "", seq: 17, salt: "", unit: 3, officer: null, tapped_at: 61_000, skew: 1000, questionnaire: 1, greeted: "yes", satisfaction: 5 });
});

test("one tap is one id, whatever its place in the row", async () => {
  const make = await plain(order);

  assert.equal(JSON.parse(make(1)).id, JSON.parse(make(2)).id);
});

test("a remark carries what there is of it, the comment within its limit", async () => {
  const remark = async (more) => JSON.parse((await plain({ ...order, kind: "remark", ...more }))(1));

  assert.deepEqual((await remark({ reasons: ["fast"], comment: " " })).reasons, ["fast"]);
  assert.equal("comment" in await remark({ reasons: ["fast"], comment: " " }), false);
  assert.equal("reasons" in await remark({ reasons: [], comment: "Tốt" }), false);
  assert.equal((await remark({ reasons: [], comment: "ă".repeat(600) })).comment.length, COMMENT_LIMIT);
});
