// The sender against a server in memory: nothing lost, nothing twice, no storm of requests.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createSender } from "../../static/js/kiosk/sender.js";

/** A store, a server and a clock in memory; time runs only when asked. */
function world(count, answer = stores) {
  const at = { now: 0, items: new Map(), aside: [], gone: [], timers: [], requests: [], received: new Set(), heard: [], answer };
  for (let seq = 1; seq <= count; seq += 1) at.items.set(seq, { seq, state: 0, text: JSON.stringify({ seq }) });
  const waiting = () => [...at.items.values()].filter((item) => item.state === 0);
  const store = {
    oldest: async (limit) => waiting().slice(0, limit),
    head: async () => ({ install: "i", waiting: waiting().length, settled: 0, gone: at.gone, wiped: 0 }),
    settle: async ({ acked }, now) => acked.forEach((seq) => Object.assign(at.items.get(seq), { state: 1, acked: now })),
    setAside: async (seq) => { at.items.get(seq).state = 2; at.aside.push(seq); },
  };
  const sync = async (text, nonce) => {
    const request = JSON.parse(text);
    at.requests.push({ at: at.now, seqs: request.items.map((item) => item.seq) });
    return at.answer(at, request, nonce);
  };
  at.sender = createSender({
    store,
    sync,
    now: () => at.now,
    random: () => 0.5,
    alone: (work) => work(),
    later: (work, ms) => at.timers.push({ at: at.now + ms, work }),
    cancel: () => { at.timers.length = 0; },
    facts: async () => ({ persisted: true, client: "t" }),
    heard: async (outcome) => { at.heard.push(outcome.kind); },
  });
  at.runs = async (ms) => {
    for (const end = at.now + ms; ; ) {
      for (let i = 0; i < 20; i += 1) await new Promise(setImmediate);
      const due = at.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) { at.now = end; return at; }
      at.timers = at.timers.filter((timer) => timer !== due);
      at.now = Math.max(at.now, due.at);
      due.work();
    }
  };
  return at;
}

function stores(at, request, nonce) {
  request.items.forEach((item) => at.received.add(item.seq));
  const results = request.items.map((item, index) => ({ index, id: null, outcome: "stored", reason: null }));
  return { kind: "ok", reply: { nonce, results, have_through: 0, durable_through: 0, need: [], server_time: 0 } };
}

test("a full outbox is emptied at once, fifty at a time, then the sender rests", async () => {
  const at = world(120);
  at.sender.kick();
  await at.runs(1000);

  assert.deepEqual(at.requests.map((request) => request.seqs.length), [50, 50, 20]);
  assert.equal(at.received.size, 120);
});

test("how long an item has been acknowledged is told by the server's clock, which does not jump", async () => {
  const at = world(1, (world, request, nonce) => {
    const { kind, reply } = stores(world, request, nonce);
    return { kind, reply: { ...reply, server_time: 1_780_000_000_000 } };
  });
  at.sender.kick();
  await at.runs(1000);

  assert.equal(at.items.get(1).acked, 1_780_000_000_000);
});

test("a heartbeat tells the server that the tablet is alive", async () => {
  const at = world(0);
  at.sender.kick();
  await at.runs(30 * 60_000);

  assert.equal(at.requests.length, 7);
});

test("a poison item before five hundred good ones holds nobody up", async () => {
  const at = world(501, (world, request, nonce) => (request.items.some((item) => item.seq === 1) ? { kind: "unreadable" } : stores(world, request, nonce)));
  at.sender.kick();
  await at.runs(1000);

  assert.equal(at.received.size, 500);
  assert.deepEqual(at.aside, [1]);
});

test("a server that fails at everything makes no item look like poison", async () => {
  const at = world(3, () => ({ kind: "fault" }));
  at.sender.kick();
  await at.runs(6 * 60 * 60_000);

  assert.deepEqual(at.aside, []);
  at.answer = stores;
  await at.runs(10 * 60_000);
  assert.equal(at.received.size, 3);
});

test("an item that alone brings the server down is set aside when the server answers without it", async () => {
  const at = world(4, (world, request, nonce) => (request.items.some((item) => item.seq === 2) ? { kind: "fault" } : stores(world, request, nonce)));
  at.sender.kick();
  await at.runs(6 * 60 * 60_000);

  assert.deepEqual(at.aside, [2]);
  assert.deepEqual([...at.received].sort(), [1, 3, 4]);
});

test("a new rating does not break into a back-off", async () => {
  const at = world(1, () => ({ kind: "busy", after: 60_000 }));
  at.sender.kick();
  await at.runs(1000);
  at.sender.kick();
  await at.runs(1000);

  assert.equal(at.requests.length, 1);
  await at.runs(60_000);
  assert.equal(at.requests.length, 2);
});

test("the network's return does", async () => {
  const at = world(1, () => ({ kind: "offline" }));
  at.sender.kick();
  await at.runs(0);
  at.answer = stores;
  at.sender.restart();
  await at.runs(0);

  assert.equal(at.received.size, 1);
});

test("a request under way when the network returns, or the tablet is paired, delays nothing by its refusal", async () => {
  const at = world(1);
  at.answer = (world, request, nonce) => {
    if (world.requests.length > 1) return stores(world, request, nonce);
    world.sender.restart();
    return { kind: "busy", after: 60_000 };
  };
  at.sender.kick();
  await at.runs(0);

  assert.equal(at.received.size, 1);
});

test("an item added while a request is under way goes with the next one", async () => {
  const at = world(0);
  at.answer = (world, request, nonce) => {
    if (world.requests.length === 1) {
      world.items.set(1, { seq: 1, state: 0, text: '{"seq":1}' });
      world.sender.kick();
    }
    return stores(world, request, nonce);
  };
  at.sender.kick();
  await at.runs(1000);

  assert.equal(at.received.size, 1);
});

test("a reply that leaves an item unsettled is not asked again in a storm", async () => {
  const at = world(1, (world, request, nonce) => ({ kind: "ok", reply: { ...stores(world, request, nonce).reply, results: [] } }));
  at.sender.kick();
  await at.runs(60_000);

  assert.ok(at.requests.length < 12, `${at.requests.length} requests`);
});

test("a store that fails for a moment does not end the sending", async () => {
  const at = world(2);
  const failing = world(0);
  failing.sender.kick();
  const broken = createSender({
    store: { head: async () => { throw new Error("closed"); } },
    sync: null, now: () => 0, random: () => 0.5, alone: (work) => work(), facts: null, heard: null, cancel: () => {},
    later: (_, ms) => at.timers.push({ at: ms, work: () => at.sender.kick() }),
  });
  broken.kick();
  await at.runs(60_000);

  assert.equal(at.received.size, 2);
});
