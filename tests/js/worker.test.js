// What the service worker answers, when a new shell is taken over, and which photos are kept.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createPhotos } from "../../static/js/kiosk/photos.js";
import { createUpdates } from "../../static/js/kiosk/updates.js";
import { routeOf } from "../../static/js/worker/routes.js";
import { start } from "../../static/js/worker/worker.js";

const HERE = "https://kiosk.example";
const route = (path, method = "GET", mode = "cors") => routeOf(new URL(path, HERE).href, method, mode, HERE);

test("the rating screens open from the cache, whatever stands behind the address", () => {
  assert.equal(route("/tablet/", "GET", "navigate"), "shell");
  assert.equal(route("/tablet/?lang=en#ABCD", "GET", "navigate"), "shell");
});

test("files of the shell come from the cache", () => {
  for (const path of ["/static/js/kiosk/words.js", "/static/css/base.css?v=1", "/tablet/manifest.webmanifest", "/tablet/staff", "/static/js/staff/corner.js"]) {
    assert.equal(route(path), "asset");
  }
  assert.equal(route("/tablet/photo/3?v=9", "GET", "no-cors"), "photo");
});

test("desk, sync, pairing, form and everything unknown are left to the network", () => {
  for (const path of ["/tablet/desk", "/tablet/sync", "/tablet/pair", "/tablet/form", "/tablet/worker.js", "/tablet/", "/reports/"]) {
    assert.equal(route(path), "network", path);
  }
  for (const path of ["/tablet/form", "/tablet/form/remark", "/tablet/desk", "/static/icons/mark.svg", "/"]) {
    assert.equal(route(path, "GET", "navigate"), "network", path);
  }
  for (const path of ["/tablet/", "/tablet/sync", "/tablet/pair", "/tablet/photo/3", "/static/css/base.css"]) {
    assert.equal(route(path, "POST"), "network", path);
  }
  assert.equal(route("https://elsewhere.example/static/css/base.css"), "network");
  assert.equal(route("https://elsewhere.example/tablet/", "GET", "navigate"), "network");
});

/** Caches in memory, each a map from address to what is held. */
function storage(content = {}) {
  const all = new Map(Object.entries(content).map(([name, held]) => [name, new Map(Object.entries(held))]));
  const open = async (name) => {
    if (!all.has(name)) all.set(name, new Map());
    const held = all.get(name);
    return {
      keys: async () => [...held.keys()].map((url) => ({ url })),
      match: async (key) => held.get(key),
      put: async (key, value) => held.set(key, value),
      delete: async (key) => held.delete(key),
    };
  };
  return { all, open, keys: async () => [...all.keys()], delete: async (name) => all.delete(name) };
}

/** The worker's global: `hear` gives it an event and waits for what it does. */
function worker(content) {
  const listeners = {};
  const self = { caches: storage(content), location: { origin: HERE }, skipped: 0, claimed: 0 };
  self.skipWaiting = () => (self.skipped += 1);
  self.clients = { claim: () => (self.claimed += 1) };
  self.addEventListener = (type, listener) => (listeners[type] = listener);
  self.hear = async (type, event = {}) => {
    let outcome;
    listeners[type]({ ...event, waitUntil: (work) => (outcome = work), respondWith: (answer) => (outcome = answer) });
    return outcome;
  };
  return self;
}

const FILES = [["/tablet/", "sha256-a"], ["/static/css/base.css?v=2", "sha256-b"]];

test("a version is held whole, with each file as it was promised", async (t) => {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (address, options) => { asked.push([address, options.integrity, options.cache]); return `new ${address}`; });
  const self = worker();
  start(self, { version: "2", files: FILES });

  await self.hear("install");

  assert.deepEqual(asked, [["/tablet/", "sha256-a", "no-cache"], ["/static/css/base.css?v=2", "sha256-b", "default"]]);
  assert.deepEqual([...self.caches.all.get("shell-2")], FILES.map(([address]) => [address, `new ${address}`]));
  assert.equal(self.skipped, 0);
});

test("one file that is not as promised ends the installation", async (t) => {
  t.mock.method(globalThis, "fetch", async (address) => { if (address !== "/tablet/") throw new TypeError("integrity"); return address; });
  const self = worker();
  start(self, { version: "2", files: FILES });

  await assert.rejects(self.hear("install"));
});

test("what takes over clears older shells, and neither photos nor what is not ours", async () => {
  const self = worker({ "shell-1": {}, "shell-2": {}, photos: {}, other: {} });
  start(self, { version: "2", files: FILES });

  await self.hear("activate");

  assert.deepEqual(await self.caches.keys(), ["shell-2", "photos", "other"]);
  assert.equal(self.claimed, 1);
});

test("it takes over when the page says so, and for no other word", async () => {
  const self = worker();
  start(self, { version: "2", files: FILES });

  await self.hear("message", { data: "hello" });
  assert.equal(self.skipped, 0);
  await self.hear("message", { data: "take over" });
  assert.equal(self.skipped, 1);
});

test("what is held is answered without the network, the rest by it, and nothing more is kept", async (t) => {
  t.mock.method(globalThis, "fetch", async (request) => `network ${request.url}`);
  const photo = `${HERE}/tablet/photo/3?v=9`;
  const self = worker({ "shell-2": { "/tablet/": "page", [`${HERE}/static/a.js`]: "script" }, photos: { [photo]: "face" } });
  start(self, { version: "2", files: FILES });
  const ask = (path, mode = "cors", method = "GET") => self.hear("fetch", { request: { url: HERE + path, method, mode } });

  assert.equal(await ask("/tablet/?lang=en", "navigate"), "page");
  assert.equal(await ask("/static/a.js"), "script");
  assert.equal(await ask("/tablet/photo/3?v=9", "no-cors"), "face");
  assert.equal(await ask("/static/b.js"), `network ${HERE}/static/b.js`);
  assert.equal(await ask("/tablet/desk"), undefined);
  assert.equal(await ask("/tablet/sync", "cors", "POST"), undefined);
  assert.equal(self.caches.all.get("shell-2").size + self.caches.all.get("photos").size, 3);
});

/** A page with its container: idle or not, and how often it was loaded anew. */
function page({ controller = {} } = {}) {
  const at = { idle: true, reloads: 0, told: [], looks: 0, registered: 0, container: new EventTarget() };
  const registration = { waiting: null, active: controller, update: async () => { at.looks += 1; throw new TypeError("no server"); } };
  Object.assign(at.container, { controller, register: async () => { at.registered += 1; return registration; } });
  at.updates = createUpdates(at.container, () => at.idle, () => (at.reloads += 1));
  at.installed = () => (registration.waiting = { postMessage: (word) => at.told.push(word) });
  at.change = () => at.container.dispatchEvent(new Event("controllerchange"));
  return at;
}

test("a new version waits until nobody is answering", async () => {
  const at = page();
  await at.updates.look();
  at.installed();
  at.idle = false;
  at.updates.settle();
  assert.deepEqual(at.told, []);

  at.idle = true;
  at.updates.settle();

  assert.deepEqual(at.told, ["take over"]);
  assert.equal(at.reloads, 0);
});

test("whoever begins while it takes over, or has begun in another tab, finishes first", () => {
  const at = page();
  at.idle = false;
  at.change();
  at.updates.settle();
  assert.equal(at.reloads, 0);

  at.idle = true;
  at.updates.settle();
  at.updates.settle();

  assert.equal(at.reloads, 1);
});

test("the first worker is no new version, the second is", () => {
  const at = page({ controller: null });
  at.change();
  assert.equal(at.reloads, 0);

  at.change();

  assert.equal(at.reloads, 1);
});

test("a new version is looked for once an hour, and a server that is away does no harm", async () => {
  const at = page();
  for (let minute = 0; minute < 121; minute += 1) await at.updates.look();

  assert.deepEqual([at.registered, at.looks], [1, 2]);
});

test("a first installation that failed is begun again the next minute", async () => {
  const at = page({ controller: null });
  await at.updates.look();
  await at.updates.look();

  assert.equal(at.registered, 2);
});

/** Photos kept in memory; `missing` cannot be had. */
function album(kept = []) {
  const at = { missing: new Set(), asked: [], caches: storage({ photos: Object.fromEntries(kept.map((path) => [HERE + path, "old"])) }) };
  const fetchPhoto = async (url) => { at.asked.push(url.slice(HERE.length)); return at.missing.has(url.slice(HERE.length)) ? null : "new"; };
  at.photos = createPhotos(at.caches, fetchPhoto, `${HERE}/tablet/`);
  at.held = () => [...at.caches.all.get("photos").keys()].map((url) => url.slice(HERE.length));
  return at;
}

test("photos of the desk are kept, those of others dropped", async () => {
  const at = album(["/tablet/photo/1?v=a", "/tablet/photo/2?v=a"]);

  await at.photos.keep(["/tablet/photo/2?v=a", null, "/tablet/photo/3?v=a"]);

  assert.deepEqual(at.held(), ["/tablet/photo/2?v=a", "/tablet/photo/3?v=a"]);
  assert.deepEqual(at.asked, ["/tablet/photo/3?v=a"]);
});

test("a photo that could not be had is asked for again, a whole set is not", async () => {
  const at = album();
  at.missing.add("/tablet/photo/1?v=a");
  const desk = ["/tablet/photo/1?v=a", "/tablet/photo/2?v=a"];
  await at.photos.keep(desk);
  at.missing.clear();

  await at.photos.keep(desk);
  await at.photos.keep(desk);

  assert.deepEqual(at.held().sort(), desk);
  assert.deepEqual(at.asked, [...desk, desk[0]]);
});
