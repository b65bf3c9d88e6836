// The session that drives the flow, and what a tablet knows of itself.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createSession } from "../../static/js/kiosk/session.js";
import { createTablet } from "../../static/js/kiosk/tablet.js";

const SETTING = { unit: 4, questionnaire: 1, questions: ["greeted", "satisfaction"], choices: [7] };
const settled = () => new Promise(setImmediate);

/** A session whose disk answers only when the test says so. */
function sitting() {
  const at = { now: 0, tries: [], shown: [] };
  at.session = createSession({
    clock: () => (at.now += 400),
    setting: () => SETTING,
    store: (order) => new Promise((resolve, reject) => at.tries.push({ order, resolve, reject })),
    show: (flow) => at.shown.push(flow.screen),
  });
  at.rates = () => {
    at.session.send({ type: "answer", value: "yes" });
    at.session.send({ type: "answer", value: 4 });
    return at;
  };
  return at;
}

test("thanks are shown when the disk has answered, not before", async () => {
  const at = sitting().rates();
  await settled();
  assert.equal(at.session.flow().screen, "question");

  at.tries[0].resolve();
  await settled();

  assert.equal(at.session.flow().screen, "thanks");
});

test("a retry of a rating that is still being stored does not store it again", async () => {
  const at = sitting().rates();
  at.now += 10_000;
  at.session.send({ type: "time" });
  assert.equal(at.session.flow().screen, "failed");

  at.session.send({ type: "retry" });
  at.tries[0].resolve();
  await settled();

  assert.equal(at.tries.length, 1);
  assert.equal(at.session.flow().screen, "thanks");
});

test("a retry after a failure does", async () => {
  const at = sitting().rates();
  at.tries[0].reject(new Error("full"));
  await settled();
  assert.equal(at.session.flow().screen, "failed");

  at.session.send({ type: "retry" });

  assert.equal(at.tries.length, 2);
  assert.equal(at.tries[1].order, at.tries[0].order);
});

test("a page that is left keeps what was answered", () => {
  const at = sitting();
  at.session.send({ type: "answer", value: "no" });

  at.session.send({ type: "leave" });

  assert.deepEqual(at.tries.map(({ order }) => order.answers), [{ greeted: "no" }]);
  assert.deepEqual(at.session.flow().answers, {});
});

test("an event that changes nothing draws nothing", () => {
  const at = sitting();
  at.session.send({ type: "time" });
  at.session.send({ type: "touch" });

  assert.deepEqual(at.shown, []);
});

const DESK = { etag: "a", unit: { id: 4 }, officers: [], questionnaire: { version: 1, questions: [], reasons: [] } };

/** A tablet with facts in memory and a server that answers as told. */
function tablet(facts = {}, answers = []) {
  const at = { facts, changes: 0, asked: 0, writes: 0, now: Date.parse("2026-11-24T16:30:00Z") };
  const store = { fact: async (key) => at.facts[key], remember: async (key, value) => { at.facts[key] = value; at.writes += 1; }, adopt: async (install, last) => { at.adopted = [install, last]; } };
  at.tablet = createTablet(store, async () => { at.asked += 1; return answers.shift() ?? { kind: "offline" }; }, () => at.now, () => { at.changes += 1; }, () => at.ticks ?? at.now);
  return at;
}

test("a tablet that knows its desk is ready without the network", async () => {
  const { tablet: it } = tablet({ standing: "paired", desk: DESK });
  await it.recall();

  assert.equal(it.standing(), "paired");
  assert.equal(it.desk(), DESK);
});

test("a tablet paired while the network went away waits for its desk and is then ready", async () => {
  const at = tablet({ standing: "unpaired" }, [{ kind: "offline" }, { kind: "ok", desk: DESK }]);
  await at.tablet.recall();

  await at.tablet.begin();
  assert.deepEqual([at.tablet.standing(), at.changes], ["away", 1]);
  await at.tablet.refresh();

  assert.deepEqual([at.tablet.standing(), at.changes], ["paired", 2]);
});

test("a tablet that was revoked stays so after a restart without the network", async () => {
  const { tablet: it } = tablet({ standing: "revoked", desk: DESK });
  await it.recall();

  assert.equal(it.standing(), "revoked");
});

test("a refusal changes where the tablet stands, once; a lost network does not", async () => {
  const at = tablet({ standing: "paired", desk: DESK });
  await at.tablet.recall();

  await at.tablet.heard({ kind: "offline" }, 0);
  assert.equal(at.tablet.standing(), "paired");
  await at.tablet.heard({ kind: "revoked" }, 0);
  await at.tablet.heard({ kind: "revoked" }, 0);

  assert.equal(at.facts.standing, "revoked");
  assert.equal(at.changes, 1);
});

test("a new desk is fetched when the server speaks of one", async () => {
  const at = tablet({ standing: "paired", desk: DESK }, [{ kind: "ok", desk: { ...DESK, etag: "b" } }]);
  await at.tablet.recall();
  const reply = { server_time: at.now, desk_etag: "a" };

  await at.tablet.heard({ kind: "ok", reply }, at.now);
  assert.equal(at.asked, 0);
  await at.tablet.heard({ kind: "ok", reply: { ...reply, desk_etag: "b" } }, at.now);

  assert.equal(at.tablet.desk().etag, "b");
  assert.equal(at.facts.desk.etag, "b");
});

test("the desk tells a browser that was wiped who it was, and how far its row had grown", async () => {
  const at = tablet({}, [{ kind: "ok", desk: DESK }, { kind: "ok", desk: { ...DESK, install: "ab", last: 9 } }]);
  await at.tablet.refresh();
  assert.equal(at.adopted, undefined);

  await at.tablet.refresh();

  assert.deepEqual(at.adopted, ["ab", 9]);
});

test("an answer to a tablet that thought itself revoked makes it one again", async () => {
  const at = tablet({ standing: "revoked", desk: DESK }, [{ kind: "ok", desk: DESK }]);
  await at.tablet.recall();

  await at.tablet.heard({ kind: "ok", reply: { server_time: at.now, desk_etag: "a" } }, at.now);

  assert.equal(at.tablet.standing(), "paired");
});

test("the skew is this clock minus the server's, and makes the day the server's", async () => {
  const at = tablet({ standing: "paired", desk: DESK });
  await at.tablet.recall();
  assert.equal(at.tablet.day(), "2026-11-24");

  await at.tablet.heard({ kind: "ok", reply: { server_time: at.now + 3_600_000, desk_etag: "a" } }, at.now);

  assert.equal(at.tablet.skew(), -3_600_000);
  assert.equal(at.tablet.day(), "2026-11-25");
});

test("a clock that was set since the last contact gives no skew, until the next one", async () => {
  const at = tablet({ standing: "paired", desk: DESK });
  await at.tablet.recall();
  const heard = (time) => at.tablet.heard({ kind: "ok", reply: { server_time: time, desk_etag: "a" } }, at.now);
  at.ticks = 0;
  await heard(at.now);

  at.now += 7 * 86_400_000 + 30_000;
  at.ticks = 7 * 86_400_000;
  assert.equal(at.tablet.skew(), 0);
  at.now -= 86_400_000;
  assert.equal(at.tablet.skew(), null);
  await heard(at.now + 86_400_000);

  assert.equal(at.tablet.skew(), -86_400_000);
});

test("a skew that moves by the network's delay is not written again", async () => {
  const at = tablet({ standing: "paired", desk: DESK });
  await at.tablet.recall();

  for (const delay of [0, 300, 700]) await at.tablet.heard({ kind: "ok", reply: { server_time: at.now + delay, desk_etag: "a" } }, at.now);

  assert.equal(at.writes, 1);
});
