// @ts-check
// One chart: its data block becomes a picture, wide or narrow by the room there is.

const NARROW = 520; // CSS pixels; below this names stand above their rows

/** @typedef {{data: object[], layout: Record<string, any>}} Figure */
/** @typedef {{wide: Figure, narrow: Figure, paper?: Figure | null}} Figures */
/** @typedef {{plot: HTMLElement, figures: Figures, locale: string, width: number}} Drawn */

/** @type {WeakMap<HTMLElement, Drawn>} */
const drawn = new WeakMap();

/**
 * Draws a chart for the first time and folds its table away.
 * @param {any} plotly
 * @param {HTMLElement} chart
 * @param {string} locale
 * @param {number} [width] - of the paper, where the page is always shown as it is printed
 */
export function draw(plotly, chart, locale, width) {
  const plot = /** @type {HTMLElement} */ (chart.querySelector(".chart__plot"));
  const block = /** @type {HTMLScriptElement} */ (chart.querySelector("script[type='application/json']"));
  plot.hidden = false;
  drawn.set(chart, { plot, figures: JSON.parse(block.text), locale, width: 0 });
  redraw(plotly, chart, width);
  chart.querySelector("details")?.removeAttribute("open");
}

/**
 * Draws again where the room has changed.
 * @param {any} plotly
 * @param {HTMLElement} chart
 * @param {number} [width] - of the paper, in CSS pixels; the room on the screen, if not given
 */
export function redraw(plotly, chart, width) {
  const state = drawn.get(chart);
  if (!state) return;
  const room = width ?? state.plot.clientWidth;
  if (room === 0 || room === state.width) return;
  state.width = room;
  chart.dataset.drawn = room < NARROW ? "narrow" : "wide";
  const figure = width ? (state.figures.paper ?? state.figures.wide) : variant(state.figures, room);
  const { data, layout } = structuredClone(figure);
  const height = (width && layout.meta?.paper) || layout.height;
  plotly.newPlot(state.plot, data, { ...layout, width: room, height }, config(state.locale));
  // The label says what is shown and where the numbers stand; loose words of an axis say nothing.
  state.plot.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
}

/**
 * @param {Figures} figures
 * @param {number} room
 */
export function variant(figures, room) {
  return room < NARROW ? figures.narrow : figures.wide;
}

/** @param {string} locale */
function config(locale) {
  return {
    locale,
    displaylogo: false,
    showSendToCloud: false,
    modeBarButtons: [["toImage"]],
    toImageButtonOptions: { format: "png", scale: 2 },
  };
}
