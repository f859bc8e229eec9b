/* What the camera's round picture shows beside the face: a hint, an emotion, the pulse, the ring. */

import { $, body, state, write } from './kiosk-state.js';

let hintTimer = 0;

export function draw(only) {
  const words = state.scene?.words;
  if (!words) return;
  if (state.scene.heart && state.scene.camera && $('.k-beats')) $('.k-beats').hidden = false;
  for (const [kind, message] of Object.entries(state.seen)) {
    if (only && kind !== only) continue;
    if (kind === 'face') face(message, words);
    if (kind === 'pulse') pulse(message, words);
    if (kind === 'progress') ring(message, words);
    if (kind === 'done') complete(words);
  }
}

export function hint(text) {
  clearTimeout(hintTimer);
  hintTimer = 0;
  write('#k-hint', text);
}

function face(message, words) {
  if (body.dataset.kCamera !== 'on') return;
  const text = state.seen.done ? '' : words.hints[message.hint] ?? '';
  if (message.box) centre(message.box);
  body.dataset.kSees = message.box ? (message.hint === 'ok' ? 'well' : 'badly') : 'nobody';
  if ($('#k-hint')?.textContent === text) { clearTimeout(hintTimer); hintTimer = 0; }
  else if (!hintTimer) hintTimer = setTimeout(() => hint(text), 500);   // not for a moment's wobble
  const gauge = $('.k-seen');
  if (!gauge || !message.emotion) return;
  gauge.hidden = false;
  write('[data-k="looks"]', words_for(message, words));
  for (const drawn of gauge.querySelectorAll('[data-emotion]'))
    drawn.hidden = drawn.dataset.emotion !== message.emotion;
}

// The round picture moves to where the face is; not with every nod.
function centre([left, top, width, height]) {
  const video = $('#k-video');
  if (!video?.videoWidth) return;
  const shape = video.videoWidth / video.videoHeight;
  const place = (middle, longer) => longer > 1
    ? Math.min(1, Math.max(0, (middle * longer - 0.5) / (longer - 1))) : 0.5;
  const to = [place(left + width / 2, shape), place(top + height / 2, 1 / shape)];
  const now = video.dataset.centre?.split(' ').map(Number) ?? [0.5, 0.5];
  if (to.every((share, i) => Math.abs(share - now[i]) < 0.15)) return;
  video.dataset.centre = to.join(' ');
  video.style.objectPosition = to.map((share) => `${(100 * share).toFixed(1)}%`).join(' ');
}

function words_for(message, words) {
  const share = Math.round(100 * message.share);
  return words.looks.replace('{emotion}', state.scene.emotions[message.emotion])
    .replace('{share}', share);
}

function pulse(message, words) {
  const gauge = $('.k-beats');
  if (!gauge) return;
  gauge.hidden = false;
  write('[data-k="bpm"]', String(Math.round(message.bpm)));
  write('[data-k="bpm-note"]', message.quality < 0.5 ? words.pulse_unsure : words.pulse_unit);
}

function ring(message, words) {
  const share = Math.min(1, message.secs / message.of);
  $('#k-arc')?.style.setProperty('stroke-dashoffset', String(100 - 100 * share));
  $('#k-arc')?.toggleAttribute('data-begun', share > 0);
  const told = words.progress.replace('{secs}', Math.floor(message.secs))
    .replace('{of}', Math.round(message.of));
  const stage = $('.k-stage');
  for (const [key, value] of Object.entries({
    role: 'progressbar', 'aria-valuenow': Math.round(100 * share), 'aria-valuetext': told,
    'aria-label': words.ring,
  })) stage?.setAttribute(key, value);
}

function complete(words) {
  if (body.dataset.kCamera !== 'off') hint(words.done);
  body.dataset.kDone = 'yes';
  write('#k-measure h1', words.done_title);
  if (!state.seen.pulse) write('[data-k="bpm-note"]', words.pulse_none);
}
