/* Clicks that came too fast, signs of life, and the good-bye where there are none. */

import { close } from './kiosk-live.js';
import { busy, hear } from './kiosk-speaking.js';
import { $, KEY, body, now, press, sign, state, write } from './kiosk-state.js';

const PAUSE_MS = 350;     // between clicks, until they count again
const WARN_SECS = 15;     // of the countdown

addEventListener('click', (event) => {
  if (!event.isTrusted || !state.scene || now() > state.calmUntil) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  state.calmUntil = Math.max(state.calmUntil, now() + PAUSE_MS);
}, true);

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'])
  addEventListener(kind, (event) => { if (event.isTrusted) sign(); }, { capture: true, passive: true });
addEventListener('pointermove', (event) => {
  if (event.isTrusted && (event.movementX || event.movementY)) sign();
}, { capture: true, passive: true });

function asking() {
  let box = $('#k-still');
  if (box) return box;
  box = document.createElement('dialog');
  box.id = 'k-still';
  box.setAttribute('role', 'alertdialog');
  box.setAttribute('aria-labelledby', 'k-still-title');
  box.innerHTML = '<h2 id="k-still-title"></h2><p></p><div>'
    + '<button type="button" data-k="stay"></button><button type="button" data-k="go"></button></div>';
  box.querySelector('[data-k="stay"]').addEventListener('click', () => { sign(); box.close(); });
  box.querySelector('[data-k="go"]').addEventListener('click', () => { box.close(); press('#k-leave'); });
  body.append(box);
  return box;
}

function countdown(left) {
  const box = asking();
  write('#k-still-title', state.scene.words.idle_title);
  write('#k-still [data-k="stay"]', state.scene.words.idle_stay);
  write('#k-still [data-k="go"]', state.scene.words.idle_leave);
  write('#k-still p', state.scene.words.idle.replace('{secs}', Math.ceil(left)));
  if (!box.open) box.showModal();
}

function nobody() {
  state.lastSign = now();
  close();
  const token = state.scene.token;
  press('#k-idle');
  setTimeout(() => {      // the server does not answer: at least nothing stays on the screen
    if (token && state.scene.token === token) { sessionStorage.removeItem(KEY); location.reload(); }
  }, 8000);
}

setInterval(() => {
  if (!state.scene) return;
  if (busy() || state.hearing) sign();
  if (busy() && !body.dataset.kHearing) hear('');
  const idle = (now() - state.lastSign) / 1000;
  if (!state.scene.token) {
    if (idle > state.scene.idle_secs && state.scene.language !== state.home) nobody();
    return;
  }
  const left = state.scene.idle_secs - idle;
  if (left <= 0) nobody();
  else if (left <= Math.min(WARN_SECS, state.scene.idle_secs / 2)) return countdown(left);
  const box = $('#k-still');
  if (box?.open) box.close();
}, 250);
