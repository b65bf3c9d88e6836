// @ts-check
/** Puts the parts together and starts; the only module that knows them all. */

import { steadyClock } from "../lib/clock.js";
import { randomHex } from "../lib/text.js";
import { sameSetting, settingOf } from "./desk.js";
import { createDrafts } from "./drafts.js";
import { drawn, listenToFingers } from "./fingers.js";
import { isFresh, unstored } from "./flow-state.js";
import { listenToTools } from "./frame.js";
import { itemMaker } from "./items.js";
import * as network from "./network.js";
import { codeFromAddress, listenToForm, typed } from "./pairing.js";
import { createPhotos } from "./photos.js";
import { createSealer } from "./seals.js";
import { showFlow, showState } from "./screens.js";
import { createSender } from "./sender.js";
import { createSession } from "./session.js";
import { createStaff } from "./staff.js";
import { createStore } from "./store.js";
import { createTablet } from "./tablet.js";
import { createUpdates } from "./updates.js";
import { whenVoicesChange } from "./voice.js";
import { find } from "./words.js";

/** @typedef {ReturnType<typeof createSession>} Session */

/** What this shell is a version of; the fleet shows it, and which tablets have an older one. */
const CLIENT = document.body.dataset.version ?? "";
const MINUTE = 60_000;
const TRY_AGAIN = 10_000;

const store = createStore();
const tablet = createTablet(store, network.desk, Date.now, refresh, () => performance.now());
const sealer = createSealer(drawn);
const clock = steadyClock(() => performance.now(), Date.now);
const staff = createStaff({
  tablet,
  store,
  clock,
  version: CLIENT,
  preferences: () => session?.flow() ?? preferences,
  unpair: network.unpair,
  send: (urgent) => (urgent ? sender.restart() : sender.kick()),
  changed: refresh,
  closed: () => session?.send({ type: "leave" }),
});
const sender = createSender({
  store,
  sync: network.sync,
  now: Date.now,
  random: Math.random,
  alone: async (work) => navigator.locks.request("kiosk-sender", work),
  later: (work, ms) => window.setTimeout(work, ms),
  cancel: (timer) => window.clearTimeout(timer),
  facts: async () => ({ persisted: await navigator.storage.persisted(), client: CLIENT, seats: staff.waiting() }),
  heard: staff.heard,
});

/** None without a secure context or in a browser that has no service workers: the tablet then needs the server to start. */
const updates = navigator.serviceWorker ? createUpdates(navigator.serviceWorker, isIdle, () => location.reload()) : null;
const photos = isSecureContext ? createPhotos(caches, network.photo, location.href) : null;

/** @param {import("./types.js").Order} order */
const made = (order) => itemMaker(order, { now: Date.now(), skew: tablet.skew() }, sealer, tablet.desk()?.seal);
const drafts = createDrafts({ store, locks: navigator.locks, page: randomHex(16), make: made, drawn });

/** @type {Session|null} */
let session = null;
/** Items on their way to the disk; what leaves the screen at the welcome may still be among them. */
let saving = 0;
/** How the screens without a rating are shown; a rating has preferences of its own. @type {{language: "vi"|"en", large: boolean, aloud: boolean}} */
let preferences = { language: "vi", large: false, aloud: false };
let code = codeFromAddress();

/** Nobody is answering, nothing is being stored, no code is being typed: the page may be loaded anew. */
function isIdle() {
  return session ? isFresh(session.flow()) && saving === 0 && !staff.door.isOpen() : !typed();
}

/** Faces are of use only where ratings are taken; while that is not known, nothing changes. */
function keepPhotos() {
  if (tablet.standing() === "away") return;
  const officers = (tablet.standing() === "paired" && tablet.desk()?.officers) || [];
  photos?.keep(officers.map(({ photo }) => photo));
}

/** The tablet has changed: its desk, or whether it may take ratings. Whoever is answering finishes first. */
function refresh() {
  const desk = staff.desk();
  if (desk?.seal) sealer.prepare(desk.seal);
  keepPhotos();
  updates?.settle();
  if (session && !isFresh(session.flow())) return;
  if (staff.door.isOpen()) return staff.door.show();
  if (tablet.standing() !== "paired" || !desk || code) return showStanding();
  session ??= startSession();
  if (!sameSetting(session.flow().setting, setting())) session.send({ type: "setting" });
  else session.show();
}

function showStanding() {
  session = null;
  const standing = !isSecureContext ? "insecure" : code ? "unpaired" : tablet.standing();
  const isNew = showState(standing === "paired" ? "away" : standing, preferences);
  if (isNew && (standing === "unpaired" || standing === "revoked")) listenToForm(code, store.install, paired);
}

async function paired() {
  code = "";
  await navigator.storage.persist();
  await tablet.begin();
  sender.restart();
}

function setting() {
  const desk = staff.desk();
  if (!desk) throw new Error("a rating without a desk");
  return settingOf(desk, tablet.day());
}

function startSession() {
  let desk = staff.desk();
  sender.kick();
  return createSession({
    clock,
    setting,
    store: async (order) => {
      saving += 1;
      await drafts.store(order).finally(() => { saving -= 1; });
      sender.kick();
    },
    show: (flow) => {
      if (flow.screen === "question" && !flow.busy) drafts.follow(flow.session, unstored(flow));
      if (staff.door.isOpen()) return staff.door.show();
      if (isFresh(flow)) {
        desk = staff.desk();
        queueMicrotask(() => updates?.settle());
      }
      if (isFresh(flow) && tablet.standing() !== "paired") queueMicrotask(refresh);
      if (desk) showFlow(flow, desk, tablet.day(), (type, value) => session?.send({ type, value }));
    },
  });
}

/** @param {object} change */
function prefer(change) {
  if (session) return session.send({ type: "prefer", value: change });
  preferences = { ...preferences, ...change };
  refresh();
}

function listen() {
  listenToFingers(document);
  staff.door.listen();
  find(document, "[data-back]").addEventListener("click", () => session?.send({ type: "back" }));
  for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, () => session?.send({ type: "touch" }), { capture: true, passive: true });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("online", () => sender.restart());
  setInterval(() => updates?.look(), MINUTE);
  addEventListener("hashchange", () => location.hash && location.reload());
  addEventListener("pagehide", () => session?.send({ type: "leave" }));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  setInterval(() => session?.send({ type: "time" }), 1000);
  setInterval(refresh, MINUTE);
  whenVoicesChange(refresh);
}

/** Without a desk there is nothing to show; with one, the citizen need not wait for the network. */
async function start() {
  if (isSecureContext) await Promise.all([tablet.recall(), staff.recall()]);
  listenToTools(() => session?.flow() ?? preferences, prefer);
  if (!isSecureContext) return showStanding();
  drafts.recover(() => sender.kick());
  listen();
  updates?.look();
  if (tablet.standing() !== "paired") await tablet.refresh();
  refresh();
  setInterval(() => tablet.standing() === "away" && tablet.refresh(), TRY_AGAIN);
}

start();
