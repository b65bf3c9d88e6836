// @ts-check
/** Drives the flow: one event at a time, orders carried out, the glass kept up to date. */

import { welcome } from "./flow-state.js";
import { next } from "./flow.js";

/** @typedef {import("./types.js").Flow} Flow */
/** @typedef {import("./types.js").FlowEvent} FlowEvent */
/** @typedef {import("./types.js").Order} Order */
/** @typedef {import("./types.js").Setting} Setting */

/**
 * @param {object} surroundings
 * @param {() => number} surroundings.clock ms that only go forward
 * @param {() => Setting} surroundings.setting the desk as it is now
 * @param {(order: Order) => Promise<unknown>} surroundings.store resolves when the item is on the disk
 * @param {(flow: Flow) => void} surroundings.show
 */
export function createSession({ clock, setting, store, show }) {
  let flow = welcome(setting(), clock());
  /** A retry of an order whose first try is still under way, or got through late, must not store it twice.
   * @type {WeakMap<Order, Promise<unknown>>} */
  const tried = new WeakMap();

  /** @param {FlowEvent} event */
  function send(event) {
    const turn = next(flow, event, setting(), clock());
    const changed = turn.flow !== flow;
    flow = turn.flow;
    if (changed) show(flow);
    for (const order of turn.orders) carryOut(order);
  }

  /** @param {Order} order */
  function carryOut(order) {
    const attempt = tried.get(order) ?? store(order);
    tried.set(order, attempt);
    attempt.then(
      () => send({ type: "stored", session: order.session }),
      () => {
        tried.delete(order);
        send({ type: "failed", session: order.session });
      },
    );
  }

  return { send, show: () => show(flow), flow: () => flow };
}
