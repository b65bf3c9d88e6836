// @ts-check
// Draws every chart of the page, one after the other, so that the first is seen while the next is made;
// without scripts the tables stand open in their place.
import { draw } from "./drawing.js";
import { readable } from "./locale.js";
import { drawForPaper, onPrint, onResize } from "./paper.js";

const charts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-chart]")]);
const plotly = /** @type {any} */ (globalThis).Plotly;

const drawing = /** @type {HTMLElement | null} */ (document.querySelector("[data-drawing]"));

if (plotly && drawing) {
  const locale = readable(plotly, document.documentElement.lang);
  drawForPaper((chart, width) => draw(plotly, chart, locale, width), charts, drawing);
} else if (plotly) {
  const locale = readable(plotly, document.documentElement.lang);
  const rest = [...charts];
  const drawNext = () => draw(plotly, /** @type {HTMLElement} */ (rest.shift()), locale);
  // Whoever prints at once prints all of them.
  addEventListener("beforeprint", () => {
    while (rest.length) drawNext();
  });
  onResize(plotly, charts);
  onPrint(plotly, charts);
  while (rest.length) {
    drawNext();
    await painted();
  }
}

/** Lets the browser show what was drawn; a tab in the background has no frames to wait for. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
}
