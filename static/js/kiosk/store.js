// @ts-check
/** The only module that knows IndexedDB: the outbox, and a few facts that outlive the page. */

import { openDB } from "../../vendor/idb/index.js";
import { merge, without } from "../lib/ranges.js";
import { randomHex } from "../lib/text.js";
import { ACKED, ASIDE, KEPT_FOR, WAITING } from "./outbox.js";
import { createTrace } from "./trace.js";

/** @typedef {import("./types.js").Kept} Kept */
/** @typedef {import("./types.js").Range} Range */
/** @typedef {import("./types.js").Settlement} Settlement */

const STRICT = { durability: "strict" };
const BOTH = ["items", "facts"];
const HOUR = 3_600_000;
const DRAFT = "draft ";

/** @param {any} db @param {import("./trace.js").Trace|null} trace of an outbox that was here before: a base that is new all the same was wiped */
function make(db, trace) {
  const items = db.createObjectStore("items", { keyPath: "seq" });
  items.createIndex("state", ["state", "seq"]);
  items.createIndex("acked", "acked");
  const facts = db.createObjectStore("facts");
  if (trace) goOn(facts, trace);
}

/** The row of an outbox that was wiped goes on; what was in it is told until the server has counted past it.
 * @param {any} facts @param {import("./trace.js").Trace} trace */
function goOn(facts, { install, seq }) {
  facts.put(install, "install");
  facts.put(seq + 1, "nextSeq");
  if (seq > 0) facts.put(seq, "wiped");
}

/** @param {number} state @param {number} [through] */
function inState(state, through = Infinity) {
  return IDBKeyRange.bound([state, 0], [state, through]);
}

/** A browser short of memory may close the base; the next use opens it again. */
export function createStore(name = "kiosk") {
  /** @type {Promise<any>|null} */
  let opened = null;
  const trace = createTrace(name);
  const upgrade = (/** @type {any} */ db) => make(db, trace.read());
  const base = () => (opened ??= openDB(name, 1, { upgrade, terminated: reopen, blocking: close }).catch(failed));
  const reopen = () => { opened = null; };
  const close = () => { opened?.then((db) => db.close()); opened = null; };
  /** @param {unknown} error @returns {never} */
  const failed = (error) => { opened = null; throw error; };

  /** @param {any} transaction */
  const nextSeq = async (transaction) => (await transaction.objectStore("facts").get("nextSeq")) ?? 1;

  return {
    /** @param {string} key @returns {Promise<any>} */
    fact: async (key) => (await base()).get("facts", key),

    /** @param {string} key @param {any} value */
    async remember(key, value) {
      await (await base()).put("facts", value, key);
    },

    /** A fact made from what it was, in one strict transaction. @param {string} key @param {(value: any) => any} change @returns {Promise<any>} as it is then */
    async update(key, change) {
      const transaction = (await base()).transaction("facts", "readwrite", STRICT);
      const value = change(await transaction.store.get(key));
      await transaction.store.put(value, key);
      await transaction.done;
      return value;
    },

    /** This browser's own name, made once; with it the row of seqs begins. */
    async install() {
      const transaction = (await base()).transaction("facts", "readwrite", STRICT);
      const known = await transaction.store.get("install");
      const install = known ?? randomHex(16);
      if (!known) await transaction.store.put(install, "install");
      await transaction.done;
      return install;
    },

    /** One strict transaction takes the next seq and stores the item; when it has resolved, the item is on the disk.
     * @param {(seq: number) => string} text @param {string} [page] whose draft it takes the place of */
    async add(text, page) {
      const transaction = (await base()).transaction(BOTH, "readwrite", STRICT);
      const facts = transaction.objectStore("facts");
      const [seq, install] = await Promise.all([nextSeq(transaction), facts.get("install")]);
      facts.put(seq + 1, "nextSeq");
      transaction.objectStore("items").add({ seq, state: WAITING, text: text(seq) });
      if (page) facts.delete(DRAFT + page);
      await transaction.done;
      if (install) trace.write(install, seq);
      return seq;
    },

    /** @param {string} page @param {string} text an item without a place in the row */
    keepDraft: async (page, text) => (await base()).put("facts", text, DRAFT + page),

    /** @param {string} page */
    forgetDraft: async (page) => (await base()).delete("facts", DRAFT + page),

    /** @returns {Promise<string[]>} */
    draftPages: async () => (await (await base()).getAllKeys("facts", IDBKeyRange.bound(DRAFT, `${DRAFT}\uffff`))).map((/** @type {string} */ key) => key.slice(DRAFT.length)),

    /** A draft gets its place in the row, in one strict transaction. @param {string} page */
    async takeDraft(page) {
      const draft = await this.fact(DRAFT + page);
      if (draft) await this.add((seq) => JSON.stringify({ ...JSON.parse(draft), seq }), page);
    },

    /** A browser that the server knows and that knows itself no more was wiped. @param {string} install @param {number} last the highest place that the server knows */
    async adopt(install, last) {
      const transaction = (await base()).transaction("facts", "readwrite", STRICT);
      if (!(await transaction.store.get("install"))) goOn(transaction.store, { install, seq: last });
      await transaction.done;
    },

    /** @param {number} count @returns {Promise<Kept[]>} */
    oldest: async (count) => (await base()).getAllFromIndex("items", "state", inState(WAITING), count),

    async head() {
      const install = await this.install();
      const transaction = (await base()).transaction(BOTH);
      const items = transaction.objectStore("items");
      const first = await items.index("state").getKey(inState(WAITING));
      const waiting = await items.index("state").count(inState(WAITING));
      const [gone, wiped] = await Promise.all(["gone", "wiped"].map((key) => transaction.objectStore("facts").get(key)));
      const next = await nextSeq(transaction);
      trace.write(install, next - 1);
      return { install, waiting, settled: (first ?? next) - 1, gone: gone ?? [], wiped: wiped ?? 0 };
    },

    /** What a reply settled, in one transaction. @param {Settlement} settlement @param {number} now ms by the server's clock: a tablet's may jump by years */
    async settle({ acked, gone, haveThrough, durableThrough, need }, now) {
      const transaction = (await base()).transaction(BOTH, "readwrite", STRICT);
      const items = transaction.objectStore("items");
      // No closer than the hour: it would tell when somebody stood here.
      const hour = Math.ceil(now / HOUR) * HOUR;
      for (const seq of acked) await change(items, seq, { state: ACKED, acked: hour });
      await forget(items.index("state"), inState(ACKED, durableThrough));
      await forget(items.index("acked"), IDBKeyRange.upperBound(now - KEPT_FOR));
      const lost = [];
      for (const range of need) lost.push(...(await askAgain(items, range)));
      const facts = transaction.objectStore("facts");
      await facts.put(merge([...gone, ...lost]), "gone");
      if ((await facts.get("wiped")) <= haveThrough) await facts.delete("wiped");
      await transaction.done;
    },

    /** An item that no server can read: kept here for ever, and counted as gone. @param {number} seq */
    async setAside(seq) {
      const transaction = (await base()).transaction(BOTH, "readwrite", STRICT);
      const facts = transaction.objectStore("facts");
      await change(transaction.objectStore("items"), seq, { state: ASIDE });
      await facts.put(merge([...((await facts.get("gone")) ?? []), [seq, seq]]), "gone");
      await transaction.done;
    },
  };
}

/** @param {any} items @param {number} seq @param {object} difference */
async function change(items, seq, difference) {
  const item = await items.get(seq);
  if (item) await items.put({ ...item, ...difference });
}

/** @param {any} index @param {IDBKeyRange} range */
async function forget(index, range) {
  for (let cursor = await index.openCursor(range); cursor; cursor = await cursor.continue()) await cursor.delete();
}

/** The server lost these: what is here waits again, what is not will never come.
 * @param {any} items @param {Range} range @returns {Promise<Range[]>} */
async function askAgain(items, range) {
  const present = (await items.getAll(IDBKeyRange.bound(...range))).filter((/** @type {Kept} */ item) => item.state !== ASIDE);
  for (const { acked, ...item } of present) await items.put({ ...item, state: WAITING });
  return without(range, present.map((/** @type {Kept} */ item) => item.seq));
}
