/* Speaking to it: the button or the space bar is held, or tapped twice, and the words are sent. */

import { $, body, now, pause, press, state, write } from './kiosk-state.js';

const TAP_MS = 400;       // a press this short keeps the microphone open until the next one
const SPEAK_MS = 45000;   // longest utterance
const WRITE_MS = 30000;   // longest wait for its words

export function hear(text) { write('#k-hearing p', text); }

export function quieten() {
  if (state.hearing) clearTimeout(state.hearing.timer);
  state.hearing = null;
  delete body.dataset.kHearing;
  hear('');
}

export function busy() { return $('#k-stop') && !$('#k-stop').disabled; }

function speak() {
  if (!state.session || body.dataset.kMic !== 'on' || state.scene.step !== 'talk' || busy()) return;
  if (body.dataset.kHearing) return;
  state.session.speak(true);
  state.hearing = { since: now(), timer: setTimeout(() => hush(true), SPEAK_MS) };
  body.dataset.kHearing = 'listening';
  $('#k-speak')?.setAttribute('aria-pressed', 'true');
  hear(state.scene.words.listening);
}

export function hush(wait) {
  $('#k-speak')?.setAttribute('aria-pressed', 'false');
  if (!state.hearing) return;
  clearTimeout(state.hearing.timer);
  state.session?.speak(false);
  state.hearing = null;
  if (!wait) return quieten();
  body.dataset.kHearing = 'writing';
  hear(state.scene.words.writing);
  const asked = state.scene.token;
  setTimeout(() => {
    if (body.dataset.kHearing === 'writing' && state.scene.token === asked) unheard('');
  }, WRITE_MS);
}

export function unheard(why) {
  quieten();
  hear(why || state.scene.words.unheard);
}

export async function heard(message) {
  quieten();
  if (state.scene.step !== 'talk') return;
  const box = fill(message.text);
  if (message.rough) { hear(state.scene.words.heard_roughly); box?.focus(); return; }
  await pause(80);        // the box hands its text on first
  press('#k-send');
}

function fill(text) {
  const box = $('#k-box textarea');
  if (!box) return null;
  box.value = [box.value.trim(), text].filter(Boolean).join(' ');
  box.dispatchEvent(new Event('input', { bubbles: true }));
  return box;
}

addEventListener('click', async (event) => {
  const starter = event.target instanceof Element && event.target.closest('.k-starter');
  if (!starter || busy()) return;
  fill(starter.textContent);
  await pause(80);
  press('#k-send');
});

function pressed() {
  if (state.hearing?.tapped) return hush(true);
  speak();
}

function let_go() {
  if (!state.hearing || state.hearing.tapped) return;
  if (now() - state.hearing.since < TAP_MS) state.hearing.tapped = true;
  else hush(true);
}

const on_button = (event) => event.target instanceof Element && event.target.closest('#k-speak');

addEventListener('pointerdown', (event) => {
  if (!on_button(event) || event.button !== 0) return;
  event.target.closest('#k-speak').setPointerCapture?.(event.pointerId);
  pressed();
}, true);
addEventListener('pointerup', (event) => { if (on_button(event)) let_go(); }, true);
addEventListener('pointercancel', () => {
  if (state.hearing && !state.hearing.tapped) hush(true);
}, true);
addEventListener('contextmenu', (event) => { if (on_button(event)) event.preventDefault(); }, true);

function for_speech(event) {
  if (state.scene?.step !== 'talk' || document.querySelector('dialog[open]')) return false;
  if (on_button(event)) return event.key === ' ' || event.key === 'Enter';
  const elsewhere = event.target instanceof Element
    && event.target.closest('textarea, input, button, a, select, summary, [contenteditable]');
  return event.key === ' ' && !elsewhere && body.dataset.kMic === 'on';
}

addEventListener('keydown', (event) => {
  if (!for_speech(event)) return;
  event.preventDefault();
  if (!event.repeat) pressed();
}, true);
addEventListener('keyup', (event) => {
  if (!for_speech(event)) return;
  event.preventDefault();
  let_go();
}, true);
