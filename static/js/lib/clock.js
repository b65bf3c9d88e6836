// @ts-check
/** Time that only goes forward, and goes on while the machine sleeps. */

/**
 * The page's own clock may stand still in sleep, the calendar's may jump; elapsed time is the longer of the two.
 * @param {() => number} ticking performance.now @param {() => number} calendar Date.now
 * @returns {() => number} milliseconds since it was made
 */
export function steadyClock(ticking, calendar) {
  let elapsed = 0;
  let [ticked, dated] = [ticking(), calendar()];
  return () => {
    const [tick, date] = [ticking(), calendar()];
    elapsed += Math.max(tick - ticked, date - dated, 0);
    [ticked, dated] = [tick, date];
    return elapsed;
  };
}
