// @ts-check
/**
 * Who sits at this tablet's counters by what staff said here: kept until the server has it, shown to citizens at once.
 * What the server refuses is kept too, until somebody has seen it.
 */

/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Officer} Officer */
/** @typedef {{id: string, counter: number, officer: number|null, made_at: number, skew: number|null}} Said as the server reads it */
/** @typedef {Said & {state: "waiting"|"taken"|"refused", reason?: string}} Change taken: the server has it, the desk here does not show it yet */

/** As many as the server reads of one request. */
export const MOST_SEATS = 20;
const MOST_REFUSED = 20;
const MINUTE = 60_000;
const KEY = "seats";

/** The desk as it is with these changes; the same desk where there are none. @param {Desk} desk @param {Change[]} changes oldest first @returns {Desk} */
export function seatedBy(desk, changes) {
  const made = changes.filter(({ state, counter }) => state !== "refused" && desk.counters.some(({ id }) => id === counter));
  if (made.length === 0) return desk;
  let seats = desk.seats ?? [];
  for (const { counter, officer } of made) {
    seats = seats.filter((seat) => seat.counter !== counter);
    if (officer !== null) seats.push({ counter, officer });
  }
  const officers = desk.officers.map((officer) => seated(officer, desk, seats));
  return { ...desk, seats, officers, etag: [desk.etag, ...made.map(({ id }) => id)].join(" ") };
}

/** @param {Officer} officer @param {Desk} desk @param {{counter: number, officer: number}[]} seats @returns {Officer} */
function seated(officer, desk, seats) {
  const here = desk.counters.filter(({ id }) => seats.some((seat) => seat.counter === id && seat.officer === officer.id));
  const elsewhere = officer.seated ? null : officer.counter;
  return { ...officer, seated: here.length > 0, counter: here[0]?.label ?? elsewhere };
}

/**
 * @param {{fact: (key: string) => Promise<any>, update: (key: string, change: (value: any) => any) => Promise<any>}} store
 * @param {() => number} now ms @param {() => number|null} skew
 */
export function createSeats(store, now, skew) {
  /** @type {Change[]} */
  let changes = [];

  /** @param {(list: Change[]) => Change[]} change */
  async function update(change) {
    changes = await store.update(KEY, (list) => change(list ?? []));
  }

  return {
    all: () => changes,

    async recall() {
      changes = (await store.fact(KEY)) ?? [];
    },

    /** It counts from this minute on; when this has resolved, it is on the disk. @param {number} counter @param {number|null} officer */
    async say(counter, officer) {
      const made_at = Math.floor(now() / MINUTE) * MINUTE;
      /** @type {Change} */
      const change = { id: crypto.randomUUID(), counter, officer, made_at, skew: skew(), state: "waiting" };
      await update((list) => [...list, change]);
    },

    /** What the next request says. @returns {Said[]} */
    waiting: () =>
      changes
        .filter(({ state }) => state === "waiting")
        .slice(0, MOST_SEATS)
        .map(({ id, counter, officer, made_at, skew }) => ({ id, counter, officer, made_at, skew })),

    /** What the server made of them. @param {{id: string|null, refusal: string|null}[]} judged @returns {Promise<boolean>} whether its desk must be seen next */
    async heard(judged) {
      const results = new Map(judged.map(({ id, refusal }) => [id, refusal]));
      if (changes.some(({ id }) => results.has(id))) await update((list) => list.map((change) => answered(change, results)));
      return changes.some(({ state }) => state === "taken");
    },

    /** The desk has been fetched since. */
    async shown() {
      if (changes.some(({ state }) => state === "taken")) await update((list) => list.filter(({ state }) => state !== "taken"));
    },

    /** Somebody has seen what was refused. */
    seen: () => update((list) => list.filter(({ state }) => state !== "refused")),
  };
}

/** @param {Change} change @param {Map<string|null, string|null>} results @returns {Change} */
function answered(change, results) {
  const refusal = results.get(change.id);
  if (refusal === undefined || change.state !== "waiting") return change;
  return refusal === null ? { ...change, state: "taken" } : { ...change, state: "refused", reason: refusal };
}
