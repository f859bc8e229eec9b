/* The browser's own "back" is a step back of the visitor. */

import { press, state } from './kiosk-state.js';

const STEPS = ['welcome', 'consent', 'measure', 'talk', 'result'];

let depth = history.state?.insideout ?? 0;
let skipPop = false;

export function wander(before) {
  const from = STEPS.indexOf(before?.step ?? state.scene.step);
  const to = STEPS.indexOf(state.scene.step);
  if (state.scene.step === 'welcome' && depth > 0) {
    skipPop = true;
    history.go(-depth);
    depth = 0;
  } else if (before && to > from) {
    depth += 1;
    history.pushState({ insideout: depth }, '');
  }
}

addEventListener('popstate', (event) => {
  if (skipPop) { skipPop = false; return; }
  if (!state.scene) return;
  const to = event.state?.insideout ?? 0;
  if (!state.scene.token) { depth = to; return; }
  if (to < depth) { depth = to; press('#k-back'); return; }
  skipPop = true;         // a step ahead is taken by its button alone
  history.go(depth - to);
});
