// What the chart scripts decide without a page: wide or narrow, and Vietnamese for plotly.
import assert from "node:assert/strict";
import { test } from "node:test";

import { variant } from "../../static/js/reports/drawing.js";
import { readable } from "../../static/js/reports/locale.js";

const FIGURES = { wide: { data: [], layout: { height: 1 } }, narrow: { data: [], layout: { height: 2 } } };

test("a phone gets the narrow picture, a desk and half of it the wide one", () => {
  assert.equal(variant(FIGURES, 324), FIGURES.narrow);
  assert.equal(variant(FIGURES, 560), FIGURES.wide);
  assert.equal(variant(FIGURES, 1200), FIGURES.wide);
});

test("plotly is taught figures and words of Vietnamese", () => {
  const taught = [];
  const locale = readable({ register: (module) => taught.push(module) }, "vi");

  assert.equal(locale, "vi");
  assert.equal(taught[0].format.decimal, ",");
  assert.equal(taught[0].format.thousands, ".");
  assert.equal(taught[0].format.months[11], "Tháng 12");
  assert.ok(taught[0].dictionary["Download plot as a PNG"].startsWith("Tải"));
});

test("English keeps plotly's own", () => {
  assert.equal(readable({ register: () => {} }, "en"), "en-US");
});
