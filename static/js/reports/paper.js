// @ts-check
// On paper: charts take the width of a page while it is printed, and go back afterwards.
import { redraw } from "./drawing.js";

const PAGE = 650; // CSS pixels that a chart has between the margins of A4

/**
 * @param {any} plotly
 * @param {HTMLElement[]} charts
 */
export function onPrint(plotly, charts) {
  addEventListener("beforeprint", () => charts.forEach((chart) => redraw(plotly, chart, PAGE)));
  addEventListener("afterprint", () => charts.forEach((chart) => redraw(plotly, chart)));
}
