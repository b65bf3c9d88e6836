// What goes into a request, what a reply settles, and what an answer of the network means.
import assert from "node:assert/strict";
import { test } from "node:test";

import { after, backOff, firstAttempt, isProbing, LONGEST_OBEYED, LONGEST_WAIT } from "../../static/js/kiosk/attempts.js";
import { batch, body, headOf, MOST_BYTES, MOST_ITEMS, settlement } from "../../static/js/kiosk/outbox.js";
import { outcomeOf } from "../../static/js/kiosk/replies.js";
import { bytes } from "../../static/js/lib/text.js";

const HEAD = headOf({ install: "ab", gone: [] });

function kept(count, text = (seq) => `{"seq":${seq}}`) {
  return Array.from({ length: count }, (_, index) => ({ seq: index + 1, state: 0, text: text(index + 1) }));
}

function replyTo(items, outcomes, more = {}) {
  const results = outcomes.map((outcome, index) => ({ index, id: null, outcome, reason: null }));
  return { nonce: "n", results, have_through: 0, durable_through: 0, need: [], epoch: 1, desk_etag: "", min_client: "1", server_time: 0, ...more };
}

test("a request holds the oldest fifty items", () => {
  assert.deepEqual(batch(kept(60), HEAD, MOST_ITEMS).map((item) => item.seq), kept(50).map((item) => item.seq));
});

test("a request stays within 256 KiB, counted in bytes of UTF-8", () => {
  const long = kept(50, (seq) => JSON.stringify({ seq, comment: "ấ".repeat(3000) }));
  const items = batch(long, HEAD, MOST_ITEMS);

  assert.ok(items.length > 1 && items.length < 50);
  assert.ok(bytes(body(HEAD, items)) <= MOST_BYTES);
  assert.ok(bytes(body(HEAD, long.slice(0, items.length + 1))) > MOST_BYTES);
});

test("an item too long for any request is still sent, alone, so that the server can say so", () => {
  assert.equal(batch(kept(3, () => "x".repeat(MOST_BYTES)), HEAD, MOST_ITEMS).length, 1);
});

test("each item's text stands in the request exactly as it was stored", () => {
  const text = '{"seq":1,  "odd":"\\u00e9"}';

  assert.equal(body(HEAD, [{ seq: 1, state: 0, text }]).trimEnd(), `{"install":"ab","gone":[],"items":[${text}]}`);
  assert.equal(body(HEAD, []).trimEnd(), HEAD);
});

test("whoever sees a request's length sees whole KiB", () => {
  const lengths = ["", "ấ", "x".repeat(900)].map((comment) => bytes(body(HEAD, kept(1, (seq) => JSON.stringify({ seq, comment })))));

  assert.deepEqual(lengths, [1024, 1024, 1024]);
  assert.equal(bytes(body(HEAD, kept(50, () => "x".repeat(200)))) % 1024, 0);
});

test("stored, duplicate, quarantined and conflict are all safe; anything else stays waiting", () => {
  const items = kept(5);
  const settled = settlement(items, replyTo(items, ["stored", "duplicate", "quarantined", "conflict", "perhaps"]), []);

  assert.deepEqual(settled.acked, [1, 2, 3, 4]);
});

test("what leaves no receipt is told as gone until the server counts past it", () => {
  const items = kept(3);
  const reply = replyTo(items, ["stored", "quarantined", "conflict"], { have_through: 1 });

  assert.deepEqual(settlement(items, reply, [[9, 9]]).gone, [[2, 3], [9, 9]]);
  assert.deepEqual(settlement(items, { ...reply, have_through: 9 }, [[9, 9]]).gone, []);
});

test("a result for an item that was not sent is ignored", () => {
  assert.deepEqual(settlement(kept(1), replyTo([], ["stored", "stored"]), []).acked, [1]);
});

test("back-off is full jitter under a ceiling that doubles up to five minutes", () => {
  assert.equal(backOff(1, 0), 0);
  assert.equal(backOff(1, 0.5), 2000);
  assert.equal(backOff(50, 0.999999) < LONGEST_WAIT, true);
  assert.equal(backOff(50, 0.5), LONGEST_WAIT / 2);
});

test("Retry-After is obeyed, within reason", () => {
  assert.equal(after(firstAttempt(), { kind: "busy", after: 60_000 }, [1], 0).wait, 60_000);
  assert.equal(after(firstAttempt(), { kind: "busy", after: 1e12 }, [1], 0).wait, LONGEST_OBEYED);
});

test("what cannot be read is halved at once, down to one item, which is then under suspicion", () => {
  let attempt = firstAttempt();
  for (const sent of [8, 4, 2]) {
    const turn = after(attempt, { kind: "unreadable" }, kept(sent).map((item) => item.seq), 0);
    attempt = turn.attempt;
    assert.equal(attempt.limit, sent / 2);
    assert.equal(turn.wait, 0);
  }
  attempt = after(attempt, { kind: "unreadable" }, [1], 0).attempt;

  assert.equal(attempt.suspect, 1);
  assert.equal(isProbing(attempt), true);
});

test("a suspect is set aside when it fails right after an empty request has succeeded", () => {
  const suspected = { ...firstAttempt(), limit: 1, suspect: 1 };
  const proven = after(suspected, { kind: "ok" }, [], 0);

  assert.equal(proven.aside, null);
  assert.deepEqual(after(proven.attempt, { kind: "fault" }, [1], 0), { attempt: firstAttempt(), wait: 0, aside: 1 });
  assert.equal(after(proven.attempt, { kind: "ok" }, [1], 0).aside, null);
  assert.equal(after(proven.attempt, { kind: "offline" }, [1], 0.5).attempt.suspect, null);
});

test("a server that refuses even an empty request makes no item suspect", () => {
  for (const kind of ["unreadable", "fault", "offline"]) {
    const turn = after({ ...firstAttempt(), limit: 1, suspect: 1 }, { kind }, [], 0.5);

    assert.equal(turn.aside, null);
    assert.equal(turn.attempt.suspect, null);
    assert.ok(turn.wait > 0);
  }
});

test("a server's fault is tried three times before the request is halved", () => {
  let attempt = firstAttempt();
  const limits = [1, 2, 3].map(() => (attempt = after(attempt, { kind: "fault" }, [1, 2, 3, 4], 0).attempt).limit);

  assert.deepEqual(limits, [50, 50, 2]);
});

test("tablets that were told the same moment do not all return at it", () => {
  const waits = [0, 0.25, 0.5].map((random) => after(firstAttempt(), { kind: "busy", after: 5000 }, [1], random).wait);

  assert.deepEqual(waits, [5000, 6000, 7000]);
});

test("success grows the request back and forgets the failures", () => {
  const { attempt } = after({ ...firstAttempt(), limit: 3, tries: 2, failures: 9 }, { kind: "ok" }, [1], 0);

  assert.deepEqual(attempt, { ...firstAttempt(), limit: 6 });
});

const PROBLEM = { problem: true, retryAfter: null };
const PAGE = { problem: false, json: undefined, retryAfter: null };

test("only a reply with our nonce is a reply; a captive portal is no network", () => {
  const reply = replyTo([], []);

  assert.equal(outcomeOf({ ...PROBLEM, problem: false, status: 200, json: reply }, "n", 0).kind, "ok");
  assert.equal(outcomeOf({ ...PROBLEM, problem: false, status: 200, json: reply }, "other", 0).kind, "offline");
  assert.equal(outcomeOf({ ...PAGE, status: 200 }, "n", 0).kind, "offline");
  assert.equal(outcomeOf({ ...PAGE, status: 403 }, "n", 0).kind, "offline");
  assert.equal(outcomeOf({ ...PAGE, status: 401 }, "n", 0).kind, "offline");
  assert.equal(outcomeOf({ ...PAGE, status: 400 }, "n", 0).kind, "offline");
});

test("our own refusals are told apart", () => {
  const kinds = [
    [400, "unreadable", "unreadable"],
    [413, "too_large", "unreadable"],
    [401, "not_paired", "unpaired"],
    [403, "revoked", "revoked"],
    [500, "fault", "fault"],
    [404, "not_found", "offline"],
  ];
  for (const [status, kind, outcome] of kinds) assert.equal(outcomeOf({ ...PROBLEM, status, json: { kind } }, "n", 0).kind, outcome);
});

test("a gateway that does not find our server says nothing about an item", () => {
  for (const status of [502, 504, 520]) assert.equal(outcomeOf({ ...PAGE, status }, "n", 0).kind, "offline");
});

test("Retry-After may be seconds or a date", () => {
  const now = Date.parse("2026-11-24T00:00:00Z");

  assert.equal(outcomeOf({ ...PAGE, status: 503, retryAfter: "7" }, "n", now).after, 7000);
  assert.equal(outcomeOf({ ...PAGE, status: 429, retryAfter: "Tue, 24 Nov 2026 00:00:09 GMT" }, "n", now).after, 9000);
  assert.equal(outcomeOf({ ...PAGE, status: 503, retryAfter: "soon" }, "n", now).after, 0);
});
