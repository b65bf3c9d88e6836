// @ts-check
/** A new version of the shell: looked for now and then, and taken over only while nobody is answering. */

import { TAKE_OVER } from "../lib/caches.js";

const WORKER = "/tablet/worker.js";
/** One look a minute until there is a shell to start from, then one in so many. */
const SELDOM = 60;

/**
 * @param {any} container navigator.serviceWorker
 * @param {() => boolean} isIdle may the page be loaded anew without taking anything from anybody?
 * @param {() => void} reload
 */
export function createUpdates(container, isIdle, reload) {
  /** @type {any} */
  let registration = null;
  let controlled = Boolean(container.controller);
  let due = false;
  let looks = 0;

  /** To be called whenever somebody may have gone. */
  function settle() {
    if (!isIdle()) return;
    if (due) {
      due = false;
      reload();
    } else registration?.waiting?.postMessage(TAKE_OVER);
  }

  // The first worker holds what this page was just loaded from; any later one, whoever called it, is a new version.
  container.addEventListener("controllerchange", () => {
    due = controlled;
    controlled = true;
    settle();
  });

  return {
    settle,

    /** To be called each minute. Without a server there is nothing new, and what was begun is forgotten: the next look is soon enough. */
    async look() {
      const now = looks % SELDOM === 0;
      looks += 1;
      try {
        if (!registration?.active) registration = await container.register(WORKER, { type: "module", updateViaCache: "none" });
        else if (now) await registration.update();
      } catch {
        return;
      }
      settle();
    },
  };
}
