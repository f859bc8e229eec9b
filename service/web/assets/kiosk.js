/* The kiosk in the browser: which step is seen. Camera and microphone, speaking, idleness and the rest
   are modules of their own, kiosk-*.js. The server decides where a visitor stands
   (service/web/kiosk/scene.py); nothing of them is kept here but the token in this tab's own storage. */

import { wander } from './kiosk-history.js';
import { forget, listen } from './kiosk-live.js';
import { draw } from './kiosk-drawing.js';
import './kiosk-uploads.js';
import './kiosk-idle.js';
import './kiosk-server.js';
import { name, observe } from './kiosk-gradio.js';
import { $, KEY, body, now, state } from './kiosk-state.js';
import { remember } from './kiosk-token.js';

export { known } from './kiosk-token.js';

const CALM_MS = 600;      // after a step came, clicks meant for the one before are not taken

export function active() {
  const some = state.signs > 0;
  state.signs = 0;
  return some ? '1' : '';
}

export function show(text) {
  if (!text) return;
  const before = state.scene;
  state.scene = JSON.parse(text);
  state.home ??= state.scene.language;
  remember(before?.token);
  document.documentElement.lang = state.scene.language;
  document.title = state.scene.title;
  body.dataset.kStep = $('#k-app').dataset.kStep = state.scene.step;
  body.dataset.kHeart = state.scene.heart ? 'yes' : 'no';
  const arrived = before?.step !== state.scene.step || before?.token !== state.scene.token;
  if (arrived) {
    wander(before);
    state.lastSign = now();
    state.calmUntil = before ? now() + CALM_MS : 0;
    if (state.scene.step === 'welcome' || state.scene.step === 'consent') forget();
  }
  name();
  listen();
  draw();
  if (arrived) setTimeout(() => land(Boolean(before)), 60);   // once the step's words are there
}

function land(moved) {
  const heading = $(`#k-${state.scene.step} h1`);
  if (moved) heading?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

if (/\/kiosk\/?$/.test(location.pathname)) {
  if (sessionStorage.getItem(KEY)) body.dataset.kStep = 'opening';
  observe();
}
