// @ts-check
/**
 * Seals what an item says to the room's key, so that this tablet cannot read its own queue back. One agreement (ECDH, our half is thrown away)
 * serves some items; from it a chain of keys is hashed forward, one for each item, and each is forgotten once it has sealed.
 */

import { base64, fromBase64, padded } from "../lib/text.js";

/** @typedef {import("./types.js").Order} Order */
/** @typedef {import("./types.js").Seal} Seal */
/** @typedef {{key: number, point: string, step: number, cipher: CryptoKey, next: ArrayBuffer}} Ready */

/** Items that one agreement serves: the server pays for it as much as for storing one. */
export const SESSION = 64;
/** What an item says is padded to so many bytes: the longest rating, and a remark that makes an item of just under 4 KiB. */
export const SIZES = { rating: 224, remark: 2816 };
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const HASHED = { name: "HMAC", hash: "SHA-256" };
const LABEL = "kiosk item seal 1";
const ONCE = new Uint8Array(12);
const encoder = new TextEncoder();

/** @param {Seal} seal @returns {Promise<Ready>} */
async function agree({ key, point }) {
  const { subtle } = crypto;
  const room = fromBase64(point);
  const theirs = await subtle.importKey("raw", room, CURVE, false, []);
  const ours = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const own = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const info = new Uint8Array([...encoder.encode(LABEL), ...room, ...own]);
  const link = await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, secret, 256);
  return forward(key, base64(own), 0, link);
}

/** The item key that a link of the chain gives, and the next link. @param {number} key @param {string} point @param {number} step @param {ArrayBuffer} link @returns {Promise<Ready>} */
async function forward(key, point, step, link) {
  const { subtle } = crypto;
  const hashing = await subtle.importKey("raw", link, HASHED, false, ["sign"]);
  new Uint8Array(link).fill(0);
  const [raw, next] = await Promise.all([1, 2].map((way) => subtle.sign("HMAC", hashing, new Uint8Array([way]))));
  const cipher = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  new Uint8Array(raw).fill(0);
  return { key, point, step, cipher, next };
}

/** @param {() => Promise<unknown>} rest before the next item's key is made: it must not hold up what the citizen waits for */
export function createSealer(rest = async () => {}) {
  /** The next item's key, made before anybody taps. @type {Promise<Ready>|null} */
  let ready = null;
  let point = "";

  /** @param {Promise<Ready>} promise */
  function keep(promise) {
    ready = promise;
    promise.catch(() => { if (ready === promise) ready = null; });
    return promise;
  }

  /** @param {Seal} seal */
  function prepare(seal) {
    const made = point === seal.point ? ready : null;
    point = seal.point;
    return made ?? keep(agree(seal));
  }

  /** Each key is taken once, also by two items at the same time. @param {Seal} seal */
  function take(seal) {
    const now = prepare(seal);
    keep(now.then(async ({ key, step, next, point: own }) => {
      await rest();
      return step + 1 < SESSION ? forward(key, own, step + 1, next) : agree(seal);
    }));
    return now;
  }

  return {
    prepare,

    /** @param {Seal} seal @param {string} bound what stands outside and belongs to it @param {string} text @param {number} size */
    async seal(seal, bound, text, size) {
      const { key, point: own, step, cipher } = await take(seal);
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: ONCE, additionalData: encoder.encode(bound) }, cipher, padded(text, size));
      return { key, point: own, step, text: base64(new Uint8Array(sealed)) };
    },
  };
}
