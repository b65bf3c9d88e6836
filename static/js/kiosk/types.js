// @ts-check
/** Shapes that several modules speak of. Nothing runs here and no page loads this file. */

/** @typedef {{vi: string, en: string}} Words */
/** @typedef {{value: string|number, text: Words}} Answer */
/** @typedef {{key: string, kind: "courtesy"|"satisfaction", step: Words, text: Words, answers: Answer[]}} Question */
/** @typedef {{key: string, tone: "good"|"bad", text: Words}} Reason */
/** @typedef {{key: number, point: string}} Seal to which key of the room items are sealed: its number, and its point in base64 */
/** @typedef {{id: number, name: string, title: string, photo: string|null, counter: string, seated: boolean, until: string|null}} Officer */

/**
 * What the server tells a tablet about its place (GET /tablet/desk).
 * @typedef {object} Desk
 * @property {string} etag
 * @property {number} server_time
 * @property {number} epoch
 * @property {{id: number, name: string, kind: string}} unit
 * @property {{id: number, label: string}} tablet
 * @property {{id: number, label: string}[]} counters
 * @property {{counter: number, officer: number}[]} [seats] at these counters; none from an older server
 * @property {{salt: string, iterations: number, hash: string}|null} [staff] the PIN's slow hash, where one is set
 * @property {Officer[]} officers
 * @property {{version: number, questions: Question[], reasons: Reason[]}} questionnaire
 * @property {Seal|null} [seal] none from an older server
 * @property {string} [install] who this browser is to the server; none from an older one
 * @property {number} [last] the highest place in its row that the server knows
 * @property {string|null} release_note
 */

/**
 * What one rating needs to know of the desk; taken at the welcome and kept until the next one.
 * @typedef {object} Setting
 * @property {number} unit
 * @property {number} questionnaire version
 * @property {string[]} questions keys, in order
 * @property {number[]} choices ids of the officers who may be meant
 */

/** @typedef {Record<string, string|number>} Answers */

/**
 * Something to store: a rating has answers, a remark has reasons and a comment.
 * @typedef {object} Order
 * @property {"store"} type
 * @property {number} session
 * @property {"rating"|"remark"} kind
 * @property {number} unit
 * @property {number|null} officer
 * @property {number} questionnaire version
 * @property {Answers} [answers]
 * @property {string[]} [reasons]
 * @property {string} [comment]
 */

/**
 * @typedef {object} Flow
 * @property {number} session rises at every welcome; a late report of an older session is ignored
 * @property {Setting} setting
 * @property {"choice"|"question"|"thanks"|"failed"} screen
 * @property {number} step index of the question
 * @property {number|null} officer
 * @property {Answers} answers
 * @property {string[]} reasons
 * @property {string} comment
 * @property {boolean} writing the comment and its keyboard are open
 * @property {Order|null} busy what is being stored
 * @property {boolean} asking "are you still there?" stands on the screen
 * @property {boolean} touched since this screen (thanks) or this welcome (the rest)
 * @property {number} entered when this screen appeared, ms
 * @property {number|null} deadline when time will be up, ms
 * @property {"vi"|"en"} language
 * @property {boolean} large
 * @property {boolean} aloud
 */

/** @typedef {{type: string, value?: any, session?: number}} FlowEvent */
/** @typedef {{flow: Flow, orders: Order[]}} Turn */

/** @typedef {[number, number]} Range both ends belong to it */
/** @typedef {{seq: number, state: number, text: string, acked?: number}} Kept an item in the outbox; state: see outbox.js */

/**
 * @typedef {object} Reply
 * @property {string} nonce
 * @property {{index: number, id: string|null, outcome: string, reason: string|null}[]} results
 * @property {{id: string|null, refusal: string|null}[]} [seats] what became of changes of seats; none from an older server
 * @property {number} have_through
 * @property {number} durable_through
 * @property {Range[]} need
 * @property {number} epoch
 * @property {string} desk_etag
 * @property {string} min_client
 * @property {number} server_time
 */

/** @typedef {{kind: "ok"|"busy"|"unreadable"|"fault"|"offline"|"unpaired"|"revoked", reply?: Reply, after?: number}} Outcome */
/** @typedef {{limit: number, tries: number, failures: number, suspect: number|null, proven: boolean}} Attempt */

/**
 * What the sender reads and writes. One module implements it on IndexedDB, the tests in memory.
 * @typedef {object} OutboxStore
 * @property {(count: number) => Promise<Kept[]>} oldest waiting items, oldest first
 * @property {() => Promise<{install: string, waiting: number, settled: number, gone: Range[], wiped: number}>} head wiped: up to which place the browser dropped all; 0 if it never did
 * @property {(settlement: Settlement, now: number) => Promise<void>} settle
 * @property {(seq: number) => Promise<void>} setAside
 */

/** @typedef {{acked: number[], gone: Range[], haveThrough: number, durableThrough: number, need: Range[]}} Settlement */

export {};
