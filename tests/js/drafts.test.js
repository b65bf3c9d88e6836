// What was answered so far outlives its page, and never comes beside the whole rating.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createDrafts } from "../../static/js/kiosk/drafts.js";

const order = (answers, session = 1) => ({ type: "store", session, kind: "rating", answers });
const soon = () => new Promise((resolve) => { setTimeout(resolve); });

function base(held = {}) {
  const taken = [];
  return {
    held,
    taken,
    add: async (text, page) => { taken.push(text(1)); delete held[page]; },
    keepDraft: async (page, text) => { held[page] = text; },
    forgetDraft: async (page) => { delete held[page]; },
    draftPages: async () => Object.keys(held),
    takeDraft: async (page) => { taken.push(held[page]); delete held[page]; },
  };
}

/** Locks of which some are held by pages that live. */
function locksHeldBy(...alive) {
  return {
    request: (name, work) => (alive.some((page) => name.endsWith(page)) ? new Promise(() => {}) : work({ name })),
  };
}

function drafts(store, { make = async ({ answers }) => (seq) => JSON.stringify({ seq, answers }), alive = [], drawn = async () => {} } = {}) {
  return createDrafts({ store, locks: locksHeldBy(...alive), page: "own", make, drawn });
}

test("every answer is on the disk, the last one alone", async () => {
  const store = base();
  const kept = drafts(store);

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
  kept.follow(1, order({ greeted: "yes", asked: "no" }));
  await soon();

  assert.deepEqual(store.held, { own: '{"seq":0,"answers":{"greeted":"yes","asked":"no"}}' });
});

test("an answer taken back is forgotten", async () => {
  const store = base();
  const kept = drafts(store);

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
  kept.follow(1, null);
  await soon();

  assert.deepEqual(store.held, {});
});

test("of who has gone nothing is forgotten before it is stored", async () => {
  const store = base();
  const kept = drafts(store);

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
  kept.follow(2, null);
  await soon();

  assert.equal(Object.keys(store.held).length, 1);
});

test("the same answers are sealed once, those of the next citizen again", async () => {
  let made = 0;
  const kept = drafts(base(), { make: async () => { made += 1; return () => ""; } });

  for (const session of [1, 1, 2]) {
    kept.follow(session, order({ greeted: "yes" }, session));
    await soon();
  }

  assert.equal(made, 2);
});

test("a draft still being sealed when the rating is stored is not written any more", async () => {
  const store = base();
  const waiting = [];
  const kept = drafts(store, { make: () => new Promise((resolve) => { waiting.push(resolve); }) });

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
  const stored = kept.store(order({ greeted: "yes", asked: "no" }));
  waiting[1]((seq) => `${seq}`);
  await stored;
  waiting[0]((seq) => `${seq}`);
  await soon();

  assert.deepEqual(store.held, {});
  assert.deepEqual(store.taken, ["1"]);
});

test("an answer given before the screen was drawn waits for no draft", async () => {
  const store = base();
  let made = 0;
  let draw = () => {};
  const drawn = () => new Promise((resolve) => { draw = resolve; });
  const kept = drafts(store, { make: async () => { made += 1; return (seq) => `${seq}`; }, drawn });

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
  const before = made;
  await kept.store(order({ greeted: "yes", asked: "no" }));
  draw();
  await soon();

  assert.equal(before, 0);
  assert.equal(made, 1);
  assert.deepEqual(store.held, {});
});

test("only what a page that is no more has left becomes an item", async () => {
  const store = base({ gone: "left", lives: "answering" });

  const told = await new Promise((resolve) => { drafts(store, { alive: ["lives"] }).recover(() => resolve("taken")); });

  assert.equal(told, "taken");
  assert.deepEqual(store.taken, ["left"]);
  assert.deepEqual(store.held, { lives: "answering" });
});

test("a disk that takes no draft stops nobody", async () => {
  const store = { ...base(), keepDraft: async () => { throw new Error("full"); } };
  const kept = drafts(store);

  kept.follow(1, order({ greeted: "yes" }));
  await soon();
});
