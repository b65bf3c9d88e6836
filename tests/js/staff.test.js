// Seats that staff change on the tablet, the PIN's tries, and the long press.
import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { test } from "node:test";

import { HOLD, listenToHold } from "../../static/js/kiosk/door.js";
import { createSeats, MOST_SEATS, seatedBy } from "../../static/js/kiosk/seats.js";
import { createStaff } from "../../static/js/kiosk/staff.js";
import { failed, matches, notLater, pause } from "../../static/js/staff/pin.js";

const MINUTE = 60_000;
const officer = (id, counter, seated) => ({ id, name: `N${id}`, title: "", photo: null, until: null, counter, seated });
const DESK = {
  etag: "a",
  counters: [{ id: 1, label: "Quầy 1" }, { id: 2, label: "Quầy 2" }],
  seats: [{ counter: 1, officer: 7 }],
  officers: [officer(7, "Quầy 1", true), officer(8, "Quầy 9", false)],
};
const said = (counter, officer, state = "waiting") => ({ id: `${counter}-${officer}`, counter, officer, made_at: 0, skew: null, state });

function memory(facts = {}) {
  return { facts, fact: async (key) => facts[key], update: async (key, change) => (facts[key] = change(facts[key])) };
}

test("a desk without changes is the same desk", () => {
  assert.equal(seatedBy(DESK, []), DESK);
  assert.equal(seatedBy(DESK, [said(1, 8, "refused"), said(99, 8)]), DESK);
});

test("whoever sits down takes the counter from whoever sat there", () => {
  const desk = seatedBy(DESK, [said(1, 8)]);

  assert.deepEqual(desk.seats, [{ counter: 1, officer: 8 }]);
  assert.deepEqual(desk.officers.map(({ seated, counter }) => [seated, counter]), [[false, null], [true, "Quầy 1"]]);
  assert.notEqual(desk.etag, DESK.etag);
});

test("an officer elsewhere keeps that counter's name, and a counter can be left", () => {
  const desk = seatedBy(DESK, [said(2, 7), said(1, null)]);

  assert.deepEqual(desk.seats, [{ counter: 2, officer: 7 }]);
  assert.deepEqual(desk.officers.map(({ seated, counter }) => [seated, counter]), [[true, "Quầy 2"], [false, "Quầy 9"]]);
});

test("an older server's desk, which says nothing of seats, can be changed too", () => {
  const { seats, ...old } = DESK;

  assert.deepEqual(seatedBy(old, [said(1, 8)]).seats, [{ counter: 1, officer: 8 }]);
});

test("a change outlives the page and counts from its minute", async () => {
  const store = memory();
  await createSeats(store, () => 5 * MINUTE + 59_000, () => 30).say(1, 8);

  const seats = createSeats(store, () => 0, () => null);
  await seats.recall();

  const [waiting] = seats.waiting();
  assert.deepEqual({ ...waiting, id: "" }, { id: "", counter: 1, officer: 8, made_at: 5 * MINUTE, skew: 30 });
});

test("no request says more than the server reads", async () => {
  const seats = createSeats(memory({ seats: Array.from({ length: 30 }, (_, at) => said(at, 8)) }), () => 0, () => null);
  await seats.recall();

  assert.equal(seats.waiting().length, MOST_SEATS);
  assert.equal(seats.waiting()[0].counter, 0);
});

test("what is taken goes when the desk shows it, what is refused stays until it is seen", async () => {
  const seats = createSeats(memory({ seats: [said(1, 8), said(2, 7), said(2, 8)] }), () => 0, () => null);
  await seats.recall();

  const look = await seats.heard([{ id: "1-8", refusal: null }, { id: "2-7", refusal: "officer_not_posted" }, { id: null, refusal: "unreadable" }]);

  assert.ok(look);
  assert.deepEqual(seats.all().map(({ state, reason }) => [state, reason]), [["taken", undefined], ["refused", "officer_not_posted"], ["waiting", undefined]]);
  await seats.shown();
  await seats.seen();
  assert.deepEqual(seats.all().map(({ id }) => id), ["2-8"]);
});

test("a reply that says nothing of seats leaves them waiting", async () => {
  const seats = createSeats(memory({ seats: [said(1, 8)] }), () => 0, () => null);
  await seats.recall();

  assert.equal(await seats.heard([]), false);
  assert.equal(seats.waiting().length, 1);
});

/** The staff of a tablet whose desk the test decides. */
function staffed(refresh) {
  const at = { desk: DESK, fetched: 0, sent: [] };
  const tablet = {
    desk: () => at.desk,
    skew: () => 0,
    heard: async () => {},
    refresh: async () => { at.fetched += 1; refresh(at); },
  };
  const store = memory({ seats: [said(1, 8)] });
  at.staff = createStaff({ tablet, store, clock: () => 0, version: "1", preferences: null, unpair: null, send: null, changed: null, closed: null });
  return at;
}
const TAKEN = { kind: "ok", reply: { seats: [{ id: "1-8", refusal: null }] } };

test("seats that the server took are shown until its own desk shows them", async () => {
  const at = staffed((at) => { at.desk = at.fetched > 1 ? { ...DESK, etag: "b" } : at.desk; });
  await at.staff.recall();

  await at.staff.heard(TAKEN, 0); // the desk cannot be had just now
  assert.deepEqual(at.staff.desk().seats, [{ counter: 1, officer: 8 }]);
  assert.deepEqual(at.staff.waiting(), []);

  await at.staff.heard({ kind: "ok", reply: {} }, 0);
  assert.equal(at.staff.desk(), at.desk);
  assert.equal(at.desk.etag, "b");
});

test("five tries are free, then each wrong one doubles the pause, up to an hour", () => {
  let tries = null;
  const waits = Array.from({ length: 13 }, () => {
    tries = failed(tries, "s", 0);
    return pause(tries, "s", 0) / MINUTE;
  });

  assert.deepEqual(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  assert.equal(pause(tries, "s", 59 * MINUTE), MINUTE);
  assert.equal(pause(tries, "s", 60 * MINUTE), 0);
});

test("a new PIN begins with five tries", () => {
  const tries = { of: "old", failures: 9, at: 0 };

  assert.equal(pause(tries, "new", 0), 0);
  assert.deepEqual(failed(tries, "new", 5), { of: "new", failures: 1, at: 5 });
});

test("a clock set back neither ends the pause nor lets it last until then", () => {
  const tries = notLater({ of: "s", failures: 5, at: 1000 * MINUTE }, 10 * MINUTE);

  assert.equal(pause(tries, "s", 10 * MINUTE), MINUTE);
  assert.equal(pause(tries, "s", 11 * MINUTE), 0);
  assert.equal(notLater(null, 0), null);
});

test("a PIN is checked as the server hashed it", async () => {
  const salt = "00ff10".padEnd(32, "a");
  const hash = pbkdf2Sync("280571", Buffer.from(salt, "hex"), 1000, 32, "sha256").toString("hex");

  assert.ok(await matches("280571", { salt, iterations: 1000, hash }));
  assert.ok(!(await matches("280572", { salt, iterations: 1000, hash })));
});

/** An element that can be pressed, and a clock for it. */
function pressed(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.window = globalThis;
  const at = { opened: 0, on: {}, area: { dataset: {} }, button: { hidden: false } };
  at.area.addEventListener = (type, act) => { at.on[type] = act; };
  at.button.addEventListener = (type, act) => { at.on[type] = act; };
  listenToHold(at.area, at.button, () => { at.opened += 1; });
  at.press = (event = { isPrimary: true }) => at.on.pointerdown(event);
  at.wait = (ms) => context.mock.timers.tick(ms);
  return at;
}

test("the corner opens to a finger that stays, not to a tap", (context) => {
  const at = pressed(context);
  at.press();
  at.wait(HOLD - 1);
  at.on.pointerup();
  at.wait(HOLD);
  assert.equal(at.opened, 0);

  at.press();
  at.wait(HOLD);
  assert.equal(at.opened, 1);
  at.on.click({ detail: 1 });
  assert.equal(at.opened, 1);
});

test("and to a key, but not to a second finger or while somebody answers", (context) => {
  const at = pressed(context);
  at.on.click({ detail: 0 });
  assert.equal(at.opened, 1);

  at.press({ isPrimary: false });
  at.wait(HOLD);
  at.press();
  at.button.hidden = true;
  at.wait(HOLD);
  assert.equal(at.opened, 1);
});
