// @ts-check
/**
 * Two words beside the outbox: whose it is and how long its row has grown. A browser that wipes the outbox keeps them as a rule;
 * so the next contact can tell how much was lost, and the row goes on instead of beginning anew.
 */

/** @typedef {{install: string, seq: number}} Trace */

/** @param {string} name @param {Pick<Storage, "getItem"|"setItem">} [kept] */
export function createTrace(name, kept = globalThis.localStorage) {
  const key = `${name}-row`;

  return {
    /** @returns {Trace|null} */
    read() {
      try {
        const [, install, seq] = /^([0-9a-f]{32}) (\d{1,15})$/.exec(kept.getItem(key) ?? "") ?? [];
        return install ? { install, seq: Number(seq) } : null;
      } catch {
        return null;
      }
    },

    /** Of use, but nothing that a rating may fail over. @param {string} install @param {number} seq the last one given */
    write(install, seq) {
      try {
        kept.setItem(key, `${install} ${seq}`);
      } catch {
        // No room, or none allowed: a loss would then be known to the server's own count only.
      }
    },
  };
}
