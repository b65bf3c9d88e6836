// @ts-check
/** Seats, and how the device stands; built once and then kept up to date, so that what has the focus keeps it. */

import { find, known, part } from "../kiosk/words.js";
import { figure, hour, moment, told } from "./parts.js";

/** @typedef {import("./corner.js").Surroundings} Surroundings */
/** @typedef {import("../kiosk/seats.js").Change} Change */
/** @typedef {{choose: (counter: number) => void, unpair: () => void, close: () => void, changed: () => void}} Ways */

const MEGABYTE = 1_000_000;
const SHELLS = /^shell-/;

/** @param {Surroundings} at @param {Ways} ways */
export function home(at, ways) {
  const { language } = at.preferences();
  const content = part("staff-home", language);
  const { counters } = at.desk();
  find(content, "[data-no-counters]").hidden = counters.length > 0;
  for (const { id, label } of counters) {
    const row = part("staff-row", language);
    row.dataset.counter = String(id);
    find(row, "[data-label]").textContent = label;
    const button = find(row, "button");
    button.setAttribute("aria-label", told("staff-change-label", language, { counter: label }));
    button.addEventListener("click", () => ways.choose(id));
    find(content, "[data-seats]").append(row);
  }
  find(content, "[data-send]").addEventListener("click", () => {
    at.send();
    ways.changed();
  });
  find(content, "[data-seen]").addEventListener("click", () => at.seats.seen().then(ways.changed));
  find(content, "[data-unpair]").addEventListener("click", ways.unpair);
  find(content, "[data-close]").addEventListener("click", ways.close);
  write(content, "place-name", at.desk().tablet.label);
  fill(content, at);
  return content;
}

/** @param {HTMLElement} content @param {Surroundings} at */
export function showHome(content, at) {
  const { language } = at.preferences();
  const { officers, seats = [], counters } = at.desk();
  for (const { id } of counters) {
    const here = officers.filter((officer) => seats.some((seat) => seat.counter === id && seat.officer === officer.id));
    const row = content.querySelector(`[data-counter="${id}"]`);
    if (row) write(row, "who", here.map(({ name }) => name).join(", ") || told("staff-nobody", language));
  }
  const changes = at.seats.all();
  const waiting = changes.filter(({ state }) => state === "waiting").length;
  write(content, "pending", told(waiting ? "staff-pending" : "staff-none-pending", language, { count: figure(waiting, language) }));
  showRefused(content, changes.filter(({ state }) => state === "refused"), at);
  write(content, "connection", connection(at));
  fill(content, at);
}

/** @param {HTMLElement} content @param {Change[]} refused @param {Surroundings} at */
function showRefused(content, refused, at) {
  const { language } = at.preferences();
  const { counters, officers } = at.desk();
  const lines = refused.map(({ counter, officer, made_at, reason }) =>
    told("staff-refused-line", language, {
      time: moment(made_at, language),
      counter: counters.find(({ id }) => id === counter)?.label ?? `#${counter}`,
      officer: officer === null ? told("staff-nobody", language) : (officers.find(({ id }) => id === officer)?.name ?? `#${officer}`),
      reason: told(known(`staff-reason-${reason}`) ? `staff-reason-${reason}` : "staff-reason-unreadable", language),
    }),
  );
  const list = find(content, "[data-refused-list]");
  find(content, "[data-refused]").hidden = lines.length === 0;
  if (list.textContent === lines.join("")) return;
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

/** @param {Surroundings} at */
function connection(at) {
  const { language } = at.preferences();
  const { kind, good } = at.contact();
  const state = told(`staff-connection-${kind ?? "none"}`, language);
  return good === null ? state : `${state} ${told("staff-last", language, { time: hour(good, language) })}`;
}

/** What must be asked of the browser. @param {HTMLElement} content @param {Surroundings} at */
async function fill(content, at) {
  const { language } = at.preferences();
  const { waiting } = await at.store.head();
  const persisted = await navigator.storage.persisted();
  const { usage = 0 } = await navigator.storage.estimate();
  const shell = (await caches.keys()).filter((name) => SHELLS.test(name)).map((name) => name.replace(SHELLS, "").slice(0, 8));
  write(content, "queue", figure(waiting, language));
  const size = figure(usage / MEGABYTE, language, 1);
  write(content, "storage", told(persisted ? "staff-persisted" : "staff-not-persisted", language, { size }));
  write(content, "version", [at.version, ...shell].join(" · "));
}

/** @param {ParentNode} root @param {string} name @param {string} text */
function write(root, name, text) {
  const element = find(root, `[data-${name}]`);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}
