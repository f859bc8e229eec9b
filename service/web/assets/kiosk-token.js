/* The visitor of this tab: their token, in the tab's own storage, and the lock that makes a copy of the
   tab another visitor. */

import { KEY, pause, state } from './kiosk-state.js';

let holds = null;         // the token whose lock this tab has, as the only one of its visitor
let release = () => {};   // of that lock

export async function known() {
  const token = sessionStorage.getItem(KEY);
  if (!token) return '';
  for (let i = 0; i < 8; i += 1) {
    if (await held(token)) return token;
    await pause(150);     // a page that was just reloaded may not have let go yet
  }
  sessionStorage.removeItem(KEY);   // a copy of a tab is another visitor
  return '';
}

export function remember(before) {
  if (state.scene.token === before || state.scene.token === holds) return;
  release();
  release = () => {};
  holds = null;
  if (!state.scene.token) return sessionStorage.removeItem(KEY);
  sessionStorage.setItem(KEY, state.scene.token);
  held(state.scene.token);
}

function held(token) {
  if (!navigator.locks) return true;
  return new Promise((tell) => {
    navigator.locks.request(`${KEY}-${token}`, { ifAvailable: true }, (lock) => {
      tell(Boolean(lock));
      if (!lock) return null;
      holds = token;
      return new Promise((let_go) => { release = let_go; });
    });
  });
}
