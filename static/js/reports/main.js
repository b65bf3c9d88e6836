// @ts-check
// Draws every chart of the page; without scripts the tables stand open in their place.
import { draw, redraw } from "./drawing.js";
import { readable } from "./locale.js";
import { onPrint } from "./paper.js";

const charts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-chart]")]);
const plotly = /** @type {any} */ (globalThis).Plotly;

if (plotly) {
  const locale = readable(plotly, document.documentElement.lang);
  for (const chart of charts) {
    draw(plotly, chart, locale);
  }
  new ResizeObserver(() => charts.forEach((chart) => redraw(plotly, chart))).observe(document.body);
  onPrint(plotly, charts);
}
