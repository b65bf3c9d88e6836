// @ts-check
/** What the staff of this tablet can see and change: who sits here, how the last contact went, and the door to their corner. */

import { createDoor } from "./door.js";
import { createSeats, seatedBy } from "./seats.js";

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Outcome} Outcome */

/**
 * @param {object} surroundings
 * @param {ReturnType<typeof import("./tablet.js").createTablet>} surroundings.tablet
 * @param {ReturnType<typeof import("./store.js").createStore>} surroundings.store
 * @param {() => number} surroundings.clock ms that only go forward
 * @param {string} surroundings.version
 * @param {() => {language: "vi"|"en", large: boolean, aloud: boolean}} surroundings.preferences
 * @param {() => Promise<string>} surroundings.unpair
 * @param {(urgent: boolean) => void} surroundings.send urgent: whatever back-off is being kept
 * @param {() => void} surroundings.changed
 * @param {() => void} surroundings.closed
 */
export function createStaff({ tablet, store, clock, version, preferences, unpair, send, changed, closed }) {
  const seats = createSeats(store, Date.now, tablet.skew);
  /** @type {{kind: string|null, good: number|null}} */
  let contact = { kind: null, good: null };

  /** The desk as staff left it. */
  function desk() {
    const known = tablet.desk();
    return known && seatedBy(known, seats.all());
  }

  const door = createDoor(
    {
      desk: () => /** @type {Desk} */ (desk()),
      preferences,
      seats: {
        ...seats,
        async say(counter, officer) {
          await seats.say(counter, officer);
          send(false);
        },
      },
      store,
      contact: () => contact,
      send() {
        contact = { ...contact, kind: "sending" };
        send(true);
      },
      async unpair() {
        const result = await unpair();
        if (result === "ok") await tablet.refresh();
        return result;
      },
      clock,
      version,
    },
    closed,
  );

  return {
    desk,
    door,
    recall: seats.recall,
    waiting: seats.waiting,

    /** What the sender heard; the seats it took are shown by the next desk. @param {Outcome} outcome @param {number} sentAt */
    async heard(outcome, sentAt) {
      const before = tablet.desk();
      contact = { kind: outcome.kind, good: outcome.reply ? Date.now() : contact.good };
      await tablet.heard(outcome, sentAt);
      if ((await seats.heard(outcome.reply?.seats ?? [])) && tablet.desk() === before) await tablet.refresh();
      if (tablet.desk() !== before) await seats.shown();
      if (door.isOpen()) changed();
    },
  };
}
