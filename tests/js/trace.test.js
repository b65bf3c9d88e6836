// What is known of an outbox that a browser wiped.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createTrace } from "../../static/js/kiosk/trace.js";

const INSTALL = "0123456789abcdef".repeat(2);

function shelf(held = {}) {
  return { held, getItem: (key) => held[key] ?? null, setItem: (key, value) => { held[key] = value; } };
}

test("what was written is read again, by each outbox its own", () => {
  const kept = shelf();
  createTrace("kiosk", kept).write(INSTALL, 17);

  assert.deepEqual(createTrace("kiosk", kept).read(), { install: INSTALL, seq: 17 });
  assert.equal(createTrace("trial", kept).read(), null);
});

test("what was not written by us is no trace", () => {
  for (const value of ["", "17", `${INSTALL} -1`, `${INSTALL} 1e9`, `${INSTALL} ${"9".repeat(20)}`]) {
    assert.equal(createTrace("kiosk", shelf({ "kiosk-row": value })).read(), null);
  }
});

test("a browser that forbids it has no trace, and no rating fails over that", () => {
  const refuse = () => { throw new Error("forbidden"); };
  const trace = createTrace("kiosk", { getItem: refuse, setItem: refuse });
  trace.write(INSTALL, 1);

  assert.equal(trace.read(), null);
  assert.equal(createTrace("kiosk", undefined).read(), null);
});
