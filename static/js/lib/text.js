// @ts-check
/** Text as it is stored: counted in code points after NFC, measured in UTF-8 bytes, free of what no server reads. */

/** What JSON or a database may choke on: NUL and other controls (not line breaks and tabs), halves of a pair. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu;

const encoder = new TextEncoder();

/** @param {string} text @param {number} limit in code points @returns {string} */
export function cleaned(text, limit) {
  return Array.from(text.replace(UNREADABLE, "").normalize("NFC")).slice(0, limit).join("");
}

/** @param {string} text */
export function codePoints(text) {
  return Array.from(text.normalize("NFC")).length;
}

/** @param {string} text */
export function bytes(text) {
  return encoder.encode(text).length;
}

/** A text of three words and more, its last two on one line where they are short: "Rất | hài lòng", "Hard to | understand". @param {string} text */
export function bound(text) {
  return text.replace(/(\S\s+)(\S{1,6})\s(\S{1,6})$/u, "$1$2\u00a0$3");
}

/** Random bytes as hexadecimal digits. @param {number} count of bytes */
export function randomHex(count) {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text's bytes and spaces behind them, up to a multiple of a size. @param {string} text @param {number} size */
export function padded(text, size) {
  const data = encoder.encode(text);
  const whole = new Uint8Array(Math.ceil(data.length / size) * size).fill(32);
  whole.set(data);
  return whole;
}

/** @param {Uint8Array} data */
export function base64(data) {
  return btoa(String.fromCharCode(...data));
}

/** @param {string} text */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
