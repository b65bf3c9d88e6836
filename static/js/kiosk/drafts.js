// @ts-check
/** A rating that is not yet whole, on the disk after every answer: a page may be gone at any time, and what was answered is kept. */

/** @typedef {import("./types.js").Order} Order */
/**
 * @typedef {object} DraftStore
 * @property {(text: (seq: number) => string, page: string) => Promise<unknown>} add an item, in the place of the page's draft
 * @property {(page: string, text: string) => Promise<unknown>} keepDraft
 * @property {(page: string) => Promise<unknown>} forgetDraft
 * @property {() => Promise<string[]>} draftPages
 * @property {(page: string) => Promise<unknown>} takeDraft as an item in the row, in one strict transaction
 */

/** @param {string} page */
const lockOf = (page) => `kiosk-draft-${page}`;

/**
 * @param {object} parts
 * @param {DraftStore} parts.store
 * @param {Pick<LockManager, "request">} parts.locks whoever lives holds the lock of its draft
 * @param {string} parts.page this page's own name
 * @param {(order: Order) => Promise<(seq: number) => string>} parts.make seals what was answered so far
 * @param {() => Promise<unknown>} parts.drawn when the screen that a tap opens has been drawn: sealing would hold it up
 */
export function createDrafts({ store, locks, page, make, drawn }) {
  /** What was asked for last; an older draft that is still being sealed is not written any more. */
  let wanted = 0;
  let said = "";
  let citizen = 0;

  /** @param {number} mine @param {Order} order */
  async function keep(mine, order) {
    await drawn();
    if (mine !== wanted) return;
    const text = await make(order);
    if (mine === wanted) await store.keepDraft(page, text(0));
  }

  return {
    /** To be called at every change; of who has gone nothing is forgotten here, for it is being stored.
     * @param {number} session the citizen's @param {Order|null} order what would be stored if the citizen left now */
    follow(session, order) {
      if (!order && session !== citizen) return;
      citizen = session;
      const says = order ? JSON.stringify(order) : "";
      if (says === said) return;
      said = says;
      wanted += 1;
      // A disk that is full tells so at the end; the draft is one chance more, not the promise.
      (order ? keep(wanted, order) : store.forgetDraft(page)).catch(() => {});
    },

    /** Stores what was given, in the place of its draft; one still being sealed is not written any more. @param {Order} order */
    async store(order) {
      wanted += 1;
      said = "";
      await store.add(await make(order), page);
    },

    /** Drafts of pages that are no more become items, at once or when the page has gone. @param {() => void} taken */
    recover(taken) {
      locks.request(lockOf(page), () => new Promise(() => {}));
      /** @param {string} other */
      const take = (other) => locks.request(lockOf(other), async () => {
        await store.takeDraft(other);
        taken();
      });
      store.draftPages().then((pages) => Promise.all(pages.map(take))).catch(() => {});
    },
  };
}
