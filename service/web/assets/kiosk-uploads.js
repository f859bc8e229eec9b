/* A recording that the server would not take is refused before it is sent. */

import { $, state } from './kiosk-state.js';

const MOST_BYTES = 64e6;  // of an upload; see MOST_UPLOADED in server.py

addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== 'file' || !state.scene) return;
  if (![...input.files].some((file) => file.size > MOST_BYTES)) return;
  event.stopImmediatePropagation();
  input.value = '';
  const note = document.createElement('p');
  note.className = 'wrong';
  note.textContent = state.scene.words.too_large;
  $('#k-note .prose')?.replaceChildren(note);
}, true);
