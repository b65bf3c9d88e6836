// @ts-check
/** A finger's tap acts when the finger is lifted. The click that the browser would make of it comes after hit tests, a frame that shows it
 * pressed, and the events of a mouse: half of the time that a slow tablet takes. Mouse, keyboard and screen reader click as ever. */

/** ms after which a slow tablet has drawn what a tap has changed; what can wait until then does. */
export const DRAWN = 100;
export const drawn = () => new Promise((resolve) => { setTimeout(resolve, DRAWN); });

/** What moved further (px) or lay longer (ms) was no tap: the browser decides what it was. */
const NEAR = 12;
const LONG = 500;

/** @param {Document} root */
export function listenToFingers(root) {
  /** @type {{choice: HTMLElement, x: number, y: number, at: number}|null} */
  let down = null;

  root.addEventListener("touchstart", ({ touches, target, timeStamp: at }) => {
    const choice = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("button.choice"));
    const [{ clientX: x, clientY: y }] = touches;
    down = choice && touches.length === 1 ? { choice, x, y, at } : null;
  }, { passive: true });
  root.addEventListener("touchcancel", () => { down = null; });
  root.addEventListener("touchend", (event) => {
    const [{ clientX, clientY }] = event.changedTouches;
    const isTap = down && Math.hypot(clientX - down.x, clientY - down.y) < NEAR && event.timeStamp - down.at < LONG;
    if (!down || !isTap || !event.cancelable) return;
    event.preventDefault();
    down.choice.click();
    down = null;
  }, { passive: false });
}
