// @ts-check
/** The tablet's service worker: it holds one version of the shell, whole, and shows the desk's photos. It never holds the queue. */

import { PHOTOS, SHELLS, TAKE_OVER } from "../lib/caches.js";
import { PAGE, routeOf } from "./routes.js";

/** @typedef {[address: string, integrity: string]} File */
/** @typedef {{version: string, files: File[]}} Shell as the server rendered it */

/** @param {any} worker the worker's own global @param {Shell} shell */
export function start(worker, { version, files }) {
  const name = SHELLS + version;
  const { caches, clients, location } = worker;

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(fill(caches, name, files)));
  worker.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(clear(caches, name).then(() => clients.claim()));
  });
  worker.addEventListener("message", (/** @type {any} */ event) => event.data === TAKE_OVER && worker.skipWaiting());
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { url, method, mode } = event.request;
    const route = routeOf(url, method, mode, location.origin);
    if (route === "shell") event.respondWith(held(caches, name, PAGE, event.request));
    if (route === "asset") event.respondWith(held(caches, name, url, event.request));
    if (route === "photo") event.respondWith(held(caches, PHOTOS, url, event.request));
  });
}

/** All files or none: one that fails, or is not what the server promised, ends the installation, and it is tried again later.
 * @param {CacheStorage} caches @param {string} name @param {File[]} files */
async function fill(caches, name, files) {
  const cache = await caches.open(name);
  await Promise.all(files.map(async ([address, integrity]) => cache.put(address, await promised(address, integrity))));
}

/** A captive portal's page, or a file of the next version, has another hash and is refused.
 * @param {string} address @param {string} integrity */
function promised(address, integrity) {
  const cache = address.includes("?v=") ? "default" : "no-cache";
  return fetch(address, { integrity, cache, redirect: "error", credentials: "same-origin" });
}

/** @param {CacheStorage} caches @param {string} name the version that stays */
async function clear(caches, name) {
  const old = (await caches.keys()).filter((other) => other.startsWith(SHELLS) && other !== name);
  await Promise.all(old.map((other) => caches.delete(other)));
}

/** @param {CacheStorage} caches @param {string} name @param {string} key @param {Request} request */
async function held(caches, name, key, request) {
  const cache = await caches.open(name);
  return (await cache.match(key, { ignoreVary: true })) ?? fetch(request);
}
