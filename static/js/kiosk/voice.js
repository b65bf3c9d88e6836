// @ts-check
/** Reads a screen aloud with the tablet's own voice, where it has one for the language. */

let reading = false;
/** Asked for at every screen, and dear to ask the browser for. @type {Map<string, boolean>} */
const readable = new Map();

/** @param {"vi"|"en"} language @returns {SpeechSynthesisVoice|undefined} only a voice of the device: no word goes to another company */
function voiceFor(language) {
  return globalThis.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

/** @param {"vi"|"en"} language */
export function canRead(language) {
  if (!readable.has(language)) readable.set(language, voiceFor(language) !== undefined);
  return readable.get(language) ?? false;
}

/** @param {string} text @param {"vi"|"en"} language */
export function read(text, language) {
  hush();
  const voice = voiceFor(language);
  if (!voice) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  speechSynthesis.speak(utterance);
  reading = true;
}

export function hush() {
  if (reading) speechSynthesis.cancel();
  reading = false;
}

/** Voices arrive late. @param {() => void} changed */
export function whenVoicesChange(changed) {
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => {
    readable.clear();
    changed();
  });
}
