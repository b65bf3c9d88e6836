// @ts-check
/** Which request of a tablet is answered how. What is not named here goes to the server, and nothing of it is kept. */

/** @typedef {"shell"|"asset"|"photo"|"network"} Route */

export const PAGE = "/tablet/";
const PARTS = new Set(["/tablet/manifest.webmanifest", "/tablet/staff"]);

/**
 * The rating screens and their files come from the cache; the desk, sync, pairing and the form never do.
 * @param {string} url @param {string} method @param {string} mode @param {string} origin our own @returns {Route}
 */
export function routeOf(url, method, mode, origin) {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin) return "network";
  const { pathname } = address;
  if (mode === "navigate") return pathname === PAGE ? "shell" : "network";
  if (pathname.startsWith("/static/") || PARTS.has(pathname)) return "asset";
  return pathname.startsWith("/tablet/photo/") ? "photo" : "network";
}
