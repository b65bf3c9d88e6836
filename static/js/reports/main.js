// @ts-check
// Draws every chart of the page; without scripts the tables stand open in their place.
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
  charts.forEach((chart) => draw(plotly, chart, locale));
  onResize(plotly, charts);
  onPrint(plotly, charts);
}
