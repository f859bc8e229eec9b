/* Camera and microphone: opened by the step, closed with it, and what the server says of them. */

import { draw, hint } from './kiosk-drawing.js';
import { hear, heard, hush, quieten, unheard } from './kiosk-speaking.js';
import { $, body, sign, state, write } from './kiosk-state.js';

export function forget() {
  state.seen = {};
  body.dataset.kCamera = body.dataset.kMic = 'wait';
  delete body.dataset.kDone;
  quieten();
}

export async function listen() {
  const wanted = state.scene.camera || state.scene.microphone;
  if (!wanted) return close();
  if (!state.session && !state.opening) {
    const asked = state.scene.token;
    state.opening = open(asked);
    const made = await state.opening;
    state.opening = null;
    if (state.scene.token !== asked || !(state.scene.camera || state.scene.microphone)) {
      made?.stop();
      return;
    }
    state.session = made;
  }
  state.session?.measure(state.scene.step === 'measure');
}

async function open(guest) {
  if (!navigator.mediaDevices) {
    if (state.scene.camera) blocked('camera', state.scene.words.insecure);
    if (state.scene.microphone) blocked('microphone', state.scene.words.insecure);
    return null;
  }
  hint(state.scene.camera ? state.scene.words.starting : '');
  try {
    const { start } = await import('/insideout/live.js');
    const denied = new Set();
    const made = await start({
      guest,
      video: state.scene.camera ? $('#k-video') : null,
      overlay: state.scene.camera ? $('#k-overlay') : null,
      camera: state.scene.camera,
      microphone: state.scene.microphone,
      onMessage: told,
      onDenied: (kind) => { denied.add(kind); lost(kind); },
    });
    if (state.scene.camera && !denied.has('camera')) body.dataset.kCamera = 'on';
    if (state.scene.microphone && !denied.has('microphone')) body.dataset.kMic = 'on';
    return made;
  } catch (error) {
    console.warn('live', error);
    if (state.scene.camera) lost('camera');
    if (state.scene.microphone) lost('microphone');
    return null;
  }
}

export function close() {
  hush(false);
  state.session?.stop();
  state.session = null;
}

function lost(kind) {
  const had = body.dataset[kind === 'camera' ? 'kCamera' : 'kMic'] === 'on';
  blocked(kind, state.scene.words[had ? `${kind}_lost` : `no_${kind}`]);
}

function blocked(kind, why) {
  if (kind === 'camera') {
    body.dataset.kCamera = 'off';
    body.dataset.kDone = 'yes';
    if (!state.seen.progress?.secs) write('#k-measure h1', state.scene.words.unmeasured_title);
    hint(why);
  } else {
    body.dataset.kMic = 'off';
    if (state.hearing) hush(false);
    hear(why);
  }
}

function told(message) {
  state.seen[message.type] = message;
  // Whoever is measured need not touch anything; later a face may be that of a passer-by.
  const measuring = state.scene.step === 'measure' && !state.seen.done;
  if (message.type === 'face' && message.box && measuring) sign();
  if (message.type === 'failed')
    blocked('camera', state.scene.words.failed.replace('{why}', message.why));
  if (message.type === 'heard') heard(message);
  if (message.type === 'unheard') unheard(message.why);
  if (message.type === 'level')
    $('#k-speak')?.style.setProperty('--k-level', Math.min(1, message.level * 3).toFixed(2));
  draw(message.type);
}
