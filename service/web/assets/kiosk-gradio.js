/* What Gradio draws: its parts get their names, and where it draws anew the view stays in its place. */

import { draw } from './kiosk-drawing.js';
import { $, state } from './kiosk-state.js';

export function name() {
  for (const [where, words] of Object.entries(state.scene.names))
    $(where)?.setAttribute('aria-label', words);
  $('#k-note')?.setAttribute('role', 'status');
  $('#k-ui')?.setAttribute('role', 'group');
  for (const message of document.querySelectorAll('#k-chat [data-testid][aria-label]'))
    message.removeAttribute('aria-label');
  describe();
}

function describe() {
  for (const row of document.querySelectorAll('.k-switch')) {
    const what = row.querySelector('.info-text');
    const box = row.querySelector('input');
    if (!what || !box) continue;
    what.id = `${box.closest('[id]').id}-what`;
    box.setAttribute('aria-describedby', what.id);
  }
}

export function observe() {
  const chat = $('#k-chat');
  const team = $('#k-team');
  if (!chat || !team) return setTimeout(observe, 200);
  new MutationObserver(() => {
    if (state.scene) name();
    const help = $('#k-chat .bot-row:last-of-type .help:not([data-seen])');
    if (!help) return;
    help.dataset.seen = 'yes';
    // Help is read from its beginning; Gradio scrolls to the end, and again once the turn is at rest.
    for (const ms of [400, 1200, 2500]) setTimeout(() => help.scrollIntoView({ block: 'start' }), ms);
  }).observe(chat, { childList: true, subtree: true });
  new MutationObserver(() => {
    for (const moved of team.getAnimations({ subtree: true })) moved.startTime = 0;
  }).observe(team, { childList: true, subtree: true });
  new MutationObserver(() => {
    const kept = $('#k-saved .r-kept, #k-saved section');
    if (kept) setTimeout(() => kept.scrollIntoView({ block: 'center' }), 100);
  }).observe($('#k-saved'), { childList: true, subtree: true });
  new MutationObserver(() => draw()).observe($('#k-gauges'), { childList: true, subtree: true });
}
