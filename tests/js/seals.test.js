// What is sealed at the tap: openable by the room alone, of one length, each item with a key of its own.
import assert from "node:assert/strict";
import { createDecipheriv, createECDH, createHmac, hkdfSync } from "node:crypto";
import { test } from "node:test";

import { itemMaker } from "../../static/js/kiosk/items.js";
import { createSealer, SESSION } from "../../static/js/kiosk/seals.js";

const room = createECDH("prime256v1");
const SEAL = { key: 3, point: room.generateKeys("base64") };
const TIME = { now: 1_780_000_059_999, skew: 0 };
const RATING = { type: "store", session: 1, kind: "rating", unit: 4, officer: 7, questionnaire: 1, answers: { greeted: "yes", satisfaction: 5 } };
const REMARK = { ...RATING, kind: "remark", answers: undefined, reasons: ["fast"], comment: 'Rõ "ràng" 🙂' };

/** What the room reads, worked out with Node's own means. */
function opened(text) {
  const { id, unit, point, step, text: sealed } = JSON.parse(text);
  const [own, data] = [Buffer.from(point, "base64"), Buffer.from(sealed, "base64")];
  const info = Buffer.concat([Buffer.from("kiosk item seal 1"), room.getPublicKey(), own]);
  let link = Buffer.from(hkdfSync("sha256", room.computeSecret(own), "", info, 32));
  const hashed = (way) => createHmac("sha256", link).update(Buffer.from([way])).digest();
  for (let at = 0; at < step; at += 1) link = hashed(2);
  const cipher = createDecipheriv("aes-256-gcm", hashed(1), Buffer.alloc(12)).setAAD(Buffer.from(`${id}|${unit}`)).setAuthTag(data.subarray(-16));
  return JSON.parse(Buffer.concat([cipher.update(data.subarray(0, -16)), cipher.final()]).toString());
}

async function made(order, { sealer = createSealer(), seal = SEAL, time = TIME } = {}) {
  return (await itemMaker(order, time, sealer, seal))(12);
}

test("the room reads what was answered; outside the seal stand only id, place in the row and unit", async () => {
  const text = await made(RATING);

  assert.deepEqual(opened(text), { kind: "rating", officer: 7, tapped_at: 1_780_000_020_000, skew: 0, questionnaire: 1, greeted: "yes", satisfaction: 5 });
  assert.deepEqual(Object.keys(JSON.parse(text)), ["kind", "id", "seq", "unit", "key", "point", "step", "text"]);
  assert.deepEqual([JSON.parse(text).kind, JSON.parse(text).seq, JSON.parse(text).key], ["sealed", 12, 3]);
});

test("a remark says what was written, in an item of just under four KiB whatever its length", async () => {
  const short = await made(REMARK);
  const long = await made({ ...REMARK, comment: "🙂".repeat(250) + '"\\'.repeat(125), reasons: ["fast", "caring", "clear", "punctual", "waited", "attitude", "unclear", "returned"] });

  assert.equal(opened(short).comment, 'Rõ "ràng" 🙂');
  assert.equal(short.length, long.length);
  assert.ok(short.length > 3900 && short.length <= 4096);
});

test("all ratings are of one length", async () => {
  const far = { now: 2 ** 52, skew: -(2 ** 51) };
  const long = { ...RATING, officer: 2 ** 31 - 1, answers: { greeted: "unsure", asked: "unsure", thanked: "unsure", satisfaction: 5 } };
  const short = { ...RATING, officer: null, answers: { greeted: "no" } };

  assert.equal((await made(long, { time: far })).length, (await made(short)).length);
});

test("every item has a key of its own, also those sealed at once; after some a new agreement is made", async () => {
  const sealer = createSealer();
  const texts = await Promise.all(Array.from({ length: SESSION + 2 }, () => made(RATING, { sealer })));
  const items = texts.map((text) => JSON.parse(text));

  assert.equal(new Set(items.map(({ point, step }) => `${point} ${step}`)).size, SESSION + 2);
  assert.equal(new Set(items.map(({ point }) => point)).size, 2);
  assert.deepEqual(items.slice(SESSION).map(({ step }) => step), [0, 1]);
  for (const text of texts) assert.equal(opened(text).satisfaction, 5);
});

test("a new key on the desk is sealed to at once", async () => {
  const sealer = createSealer();
  await made(RATING, { sealer });
  const other = createECDH("prime256v1").generateKeys("base64");

  const item = JSON.parse(await made(RATING, { sealer, seal: { key: 4, point: other } }));

  assert.deepEqual([item.key, item.step], [4, 0]);
});

test("after a key that cannot be used the next good one is", async () => {
  const sealer = createSealer();
  await assert.rejects(made(RATING, { sealer, seal: { key: 9, point: "AAAA" } }));

  assert.equal(opened(await made(RATING, { sealer })).greeted, "yes");
});

test("without a key on the desk the item goes plain, with its salt", async () => {
  const item = JSON.parse(await made(RATING, { seal: null }));

  assert.deepEqual([item.kind, item.seq, item.unit, item.greeted, item.salt.length], ["rating", 12, 4, "yes", 32]);
});

test("the tap is told to the minute, and so that the server finds a whole minute", async () => {
  const tapped = async (time) => opened(await made(RATING, { time })).tapped_at;

  assert.equal(await tapped({ now: 600_000 + 59_999, skew: null }), 600_000);
  assert.equal(await tapped({ now: 600_000 + 5_000, skew: 7_000 }), 540_000 + 7_000);
  assert.equal(await tapped({ now: 20_000, skew: -1_780_000_030_000 }), 0);
});
