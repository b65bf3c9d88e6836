// @ts-check
/** Keeps the photos of the desk, so that faces are there without the network, and drops those of people who left it. */

import { PHOTOS } from "../lib/caches.js";

/**
 * @param {CacheStorage} storage @param {(address: string) => Promise<Response|null>} fetchPhoto null when it cannot be had now
 * @param {string} base the page's own address
 */
export function createPhotos(storage, fetchPhoto, base) {
  let running = false;
  let complete = "";

  /** @param {string[]} wanted @returns {Promise<boolean>} whether all of them are here */
  async function match(wanted) {
    const cache = await storage.open(PHOTOS);
    const kept = (await cache.keys()).map(({ url }) => url);
    for (const url of kept) if (!wanted.includes(url)) await cache.delete(url);
    let all = true;
    for (const url of wanted.filter((other) => !kept.includes(other))) {
      const photo = await fetchPhoto(url);
      if (photo) await cache.put(url, photo);
      else all = false;
    }
    return all;
  }

  return {
    /** May be called as often as one likes: it works only when there is something to do. @param {(string|null)[]} addresses */
    async keep(addresses) {
      const wanted = addresses.flatMap((address) => (address ? [new URL(address, base).href] : []));
      const key = JSON.stringify(wanted);
      if (running || key === complete) return;
      running = true;
      const all = await match(wanted).catch(() => false);
      complete = all ? key : "";
      running = false;
    },
  };
}
