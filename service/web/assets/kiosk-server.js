/* The server, gone and back: the page says so, and is loaded anew when it is there again. */

import { $, body, state, write } from './kiosk-state.js';

const LOOK_MS = 5000;     // between two looks whether the server is there

let missed = 0;

async function look() {
  if (!state.scene) return;
  const there = await fetch('/insideout/kiosk.js', { method: 'HEAD', cache: 'no-store' })
    .then((answer) => answer.ok, () => false);
  if (there && missed > 1) return location.reload();
  missed = there ? 0 : missed + 1;
  body.dataset.kAway = missed > 1 ? 'yes' : 'no';
  let note = $('#k-away');
  if (!note) {
    note = document.createElement('p');
    note.id = 'k-away';
    note.setAttribute('role', 'alert');
    body.append(note);
  }
  write('#k-away', missed > 1 ? state.scene.words.away : '');
}
setInterval(look, LOOK_MS);
