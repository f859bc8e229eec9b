/* What the kiosk's scripts share: what the server said last, the measurement that is open, the last sign
   of life, and a few helpers. */

export const KEY = 'insideout-kiosk';

export const $ = (where) => document.querySelector(where);
export const body = document.body;
export const now = () => performance.now();
export const pause = (ms) => new Promise((go) => setTimeout(go, ms));

export const state = {
  scene: null,            // what the server said last
  home: null,             // the language that the page opened in
  session: null,          // of live.js
  opening: null,          // its promise, while the browser asks for the camera
  hearing: null,          // {since, tapped, timer} while the microphone is open to a person
  seen: {},               // the last message of each kind, to be drawn again
  lastSign: now(),
  signs: 0,               // of life, since the server was told
  calmUntil: 0,
};

export function press(id) { $(id)?.click(); }

export function write(where, text) {
  const place = $(where);
  if (place && place.textContent !== text) place.textContent = text;
}

export function sign() { state.lastSign = now(); state.signs += 1; }
