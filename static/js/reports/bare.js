// @ts-check
// A page without charts: nothing is drawn, but it can be printed.
import { offerPrinting } from "./print.js";

offerPrinting();
