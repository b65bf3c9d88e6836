// @ts-check
// Draws every chart of the page; without scripts the tables stand open in their place.
import { draw } from "./drawing.js";
import { readable } from "./locale.js";
import { onPrint, onResize } from "./paper.js";

const charts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-chart]")]);
const plotly = /** @type {any} */ (globalThis).Plotly;

if (plotly) {
  const locale = readable(plotly, document.documentElement.lang);
  charts.forEach((chart) => draw(plotly, chart, locale));
  onResize(plotly, charts);
  onPrint(plotly, charts);
}
