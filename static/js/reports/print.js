// @ts-check
// The button that prints: only scripts can, so without them it stays hidden.

/** Shows every button that prints, and lets it. */
export function offerPrinting() {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-print]"))) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
