// @ts-check
// On paper: charts take the width of a page while it is printed, and go back afterwards.
import { redraw } from "./drawing.js";
import { offerPrinting } from "./print.js";

const PAGE = 650; // CSS pixels that a chart has between the margins of A4

let printing = false;

/**
 * Draws a page that is always shown as it is printed, chart by chart, and says how far it is.
 * @param {(chart: HTMLElement, width: number) => void} drawOne
 * @param {HTMLElement[]} charts
 * @param {HTMLElement} place - what says so while it lasts
 */
export async function drawForPaper(drawOne, charts, place) {
  const progress = /** @type {HTMLProgressElement} */ (place.querySelector("progress"));
  place.hidden = false;
  for (const chart of charts) {
    drawOne(chart, PAGE);
    progress.value += 1;
    await new Promise((resolve) => setTimeout(resolve)); // lets the browser paint
  }
  place.hidden = true;
  offerPrinting();
}

/**
 * Draws for paper before the page is printed, and for the screen after it; shows the button.
 * @param {any} plotly
 * @param {HTMLElement[]} charts
 */
export function onPrint(plotly, charts) {
  addEventListener("beforeprint", () => {
    printing = true;
    charts.forEach((chart) => redraw(plotly, chart, PAGE));
  });
  addEventListener("afterprint", () => {
    printing = false;
    charts.forEach((chart) => redraw(plotly, chart));
  });
  offerPrinting();
}

/**
 * Draws again whenever the room on the screen changes, but not on paper.
 * @param {any} plotly
 * @param {HTMLElement[]} charts
 */
export function onResize(plotly, charts) {
  const observer = new ResizeObserver(() => {
    if (!printing) charts.forEach((chart) => redraw(plotly, chart));
  });
  observer.observe(document.body);
}
