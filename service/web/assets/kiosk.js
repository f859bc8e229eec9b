/* The kiosk in the browser: which step is seen, camera and microphone, holding to speak, and silence.
   The server decides where a visitor stands (service/web/kiosk/scene.py); nothing of them is kept here
   but the token in this tab's own storage. */

const KEY = 'insideout-kiosk';
const STEPS = ['welcome', 'consent', 'measure', 'talk', 'result'];
const CALM_MS = 600;      // after a step came, clicks meant for the one before are not taken
const PAUSE_MS = 350;     // between clicks, until they count again
const TAP_MS = 400;       // a press this short keeps the microphone open until the next one
const SPEAK_MS = 45000;   // longest utterance
const WRITE_MS = 30000;   // longest wait for its words
const WARN_SECS = 15;     // of the countdown
const MOST_BYTES = 64e6;  // of an upload; see MOST_UPLOADED in server.py
const LOOK_MS = 5000;     // between two looks whether the server is there

const $ = (where) => document.querySelector(where);
const body = document.body;
const now = () => performance.now();
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

let scene = null;         // what the server said last
let home = null;          // the language that the page opened in
let session = null;       // of live.js
let opening = null;       // its promise, while the browser asks for the camera
let hearing = null;       // {since, tapped, timer} while the microphone is open to a person
let seen = {};            // the last message of each kind, to be drawn again
let lastSign = now();
let signs = 0;            // of life, since the server was told
let calmUntil = 0;
let depth = history.state?.insideout ?? 0;
let skipPop = false;
let holds = null;         // the token whose lock this tab has, as the only one of its visitor
let release = () => {};   // of that lock
let missed = 0;
let hintTimer = 0;

/* the server's side */

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

export function active() {
  const some = signs > 0;
  signs = 0;
  return some ? '1' : '';
}

export function show(text) {
  if (!text) return;
  const before = scene;
  scene = JSON.parse(text);
  home ??= scene.language;
  remember(before?.token);
  document.documentElement.lang = scene.language;
  document.title = scene.title;
  body.dataset.kStep = $('#k-app').dataset.kStep = scene.step;
  body.dataset.kHeart = scene.heart ? 'yes' : 'no';
  const arrived = before?.step !== scene.step || before?.token !== scene.token;
  if (arrived) {
    wander(before);
    lastSign = now();
    calmUntil = before ? now() + CALM_MS : 0;
    if (scene.step === 'welcome' || scene.step === 'consent') forget();
  }
  name();
  listen();
  draw();
  if (arrived) setTimeout(() => land(Boolean(before)), 60);   // once the step's words are there
}

function remember(before) {
  if (scene.token === before || scene.token === holds) return;
  release();
  release = () => {};
  holds = null;
  if (!scene.token) return sessionStorage.removeItem(KEY);
  sessionStorage.setItem(KEY, scene.token);
  held(scene.token);
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

function land(moved) {
  const heading = $(`#k-${scene.step} h1`);
  if (moved) heading?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function name() {
  for (const [where, words] of Object.entries(scene.names))
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

function press(id) { $(id)?.click(); }

/* the browser's own "back" */

function wander(before) {
  const from = STEPS.indexOf(before?.step ?? scene.step);
  const to = STEPS.indexOf(scene.step);
  if (scene.step === 'welcome' && depth > 0) {
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
  if (!scene) return;
  const to = event.state?.insideout ?? 0;
  if (!scene.token) { depth = to; return; }
  if (to < depth) { depth = to; press('#k-back'); return; }
  skipPop = true;         // a step ahead is taken by its button alone
  history.go(depth - to);
});

/* camera and microphone */

function forget() {
  seen = {};
  body.dataset.kCamera = body.dataset.kMic = 'wait';
  delete body.dataset.kDone;
  quieten();
}

async function listen() {
  const wanted = scene.camera || scene.microphone;
  if (!wanted) return close();
  if (!session && !opening) {
    const asked = scene.token;
    opening = open(asked);
    const made = await opening;
    opening = null;
    if (scene.token !== asked || !(scene.camera || scene.microphone)) { made?.stop(); return; }
    session = made;
  }
  session?.measure(scene.step === 'measure');
}

async function open(guest) {
  if (!navigator.mediaDevices) {
    if (scene.camera) blocked('camera', scene.words.insecure);
    if (scene.microphone) blocked('microphone', scene.words.insecure);
    return null;
  }
  hint(scene.camera ? scene.words.starting : '');
  try {
    const { start } = await import('/insideout/live.js');
    const denied = new Set();
    const made = await start({
      guest,
      video: scene.camera ? $('#k-video') : null,
      overlay: scene.camera ? $('#k-overlay') : null,
      camera: scene.camera,
      microphone: scene.microphone,
      onMessage: told,
      onDenied: (kind) => { denied.add(kind); lost(kind); },
    });
    if (scene.camera && !denied.has('camera')) body.dataset.kCamera = 'on';
    if (scene.microphone && !denied.has('microphone')) body.dataset.kMic = 'on';
    return made;
  } catch (error) {
    console.warn('live', error);
    if (scene.camera) lost('camera');
    if (scene.microphone) lost('microphone');
    return null;
  }
}

function close() {
  hush(false);
  session?.stop();
  session = null;
}

function lost(kind) {
  const had = body.dataset[kind === 'camera' ? 'kCamera' : 'kMic'] === 'on';
  blocked(kind, scene.words[had ? `${kind}_lost` : `no_${kind}`]);
}

function blocked(kind, why) {
  if (kind === 'camera') {
    body.dataset.kCamera = 'off';
    body.dataset.kDone = 'yes';
    if (!seen.progress?.secs) write('#k-measure h1', scene.words.unmeasured_title);
    hint(why);
  } else {
    body.dataset.kMic = 'off';
    if (hearing) hush(false);
    hear(why);
  }
}

function told(message) {
  seen[message.type] = message;
  // Whoever is measured need not touch anything; later a face may be that of a passer-by.
  if (message.type === 'face' && message.box && scene.step === 'measure' && !seen.done) sign();
  if (message.type === 'failed') blocked('camera', scene.words.failed.replace('{why}', message.why));
  if (message.type === 'heard') heard(message);
  if (message.type === 'unheard') unheard(message.why);
  if (message.type === 'level')
    $('#k-speak')?.style.setProperty('--k-level', Math.min(1, message.level * 3).toFixed(2));
  draw(message.type);
}

function draw(only) {
  const words = scene?.words;
  if (!words) return;
  if (scene.heart && scene.camera && $('.k-beats')) $('.k-beats').hidden = false;
  for (const [kind, message] of Object.entries(seen)) {
    if (only && kind !== only) continue;
    if (kind === 'face') face(message, words);
    if (kind === 'pulse') pulse(message, words);
    if (kind === 'progress') ring(message, words);
    if (kind === 'done') complete(words);
  }
}

function write(where, text) {
  const place = $(where);
  if (place && place.textContent !== text) place.textContent = text;
}

function hint(text) {
  clearTimeout(hintTimer);
  hintTimer = 0;
  write('#k-hint', text);
}

function face(message, words) {
  if (body.dataset.kCamera !== 'on') return;
  const text = seen.done ? '' : words.hints[message.hint] ?? '';
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
  return words.looks.replace('{emotion}', scene.emotions[message.emotion]).replace('{share}', share);
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
  if (!seen.pulse) write('[data-k="bpm-note"]', words.pulse_none);
}

/* speaking */

function hear(text) { write('#k-hearing p', text); }

function quieten() {
  if (hearing) clearTimeout(hearing.timer);
  hearing = null;
  delete body.dataset.kHearing;
  hear('');
}

function busy() { return $('#k-stop') && !$('#k-stop').disabled; }

function speak() {
  if (!session || body.dataset.kMic !== 'on' || scene.step !== 'talk' || busy()) return;
  if (body.dataset.kHearing) return;
  session.speak(true);
  hearing = { since: now(), timer: setTimeout(() => hush(true), SPEAK_MS) };
  body.dataset.kHearing = 'listening';
  $('#k-speak')?.setAttribute('aria-pressed', 'true');
  hear(scene.words.listening);
}

function hush(wait) {
  $('#k-speak')?.setAttribute('aria-pressed', 'false');
  if (!hearing) return;
  clearTimeout(hearing.timer);
  session?.speak(false);
  hearing = null;
  if (!wait) return quieten();
  body.dataset.kHearing = 'writing';
  hear(scene.words.writing);
  const asked = scene.token;
  setTimeout(() => {
    if (body.dataset.kHearing === 'writing' && scene.token === asked) unheard('');
  }, WRITE_MS);
}

function unheard(why) {
  quieten();
  hear(why || scene.words.unheard);
}

async function heard(message) {
  quieten();
  if (scene.step !== 'talk') return;
  const box = fill(message.text);
  if (message.rough) { hear(scene.words.heard_roughly); box?.focus(); return; }
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
  if (hearing?.tapped) return hush(true);
  speak();
}

function let_go() {
  if (!hearing || hearing.tapped) return;
  if (now() - hearing.since < TAP_MS) hearing.tapped = true;
  else hush(true);
}

const on_button = (event) => event.target instanceof Element && event.target.closest('#k-speak');

addEventListener('pointerdown', (event) => {
  if (!on_button(event) || event.button !== 0) return;
  event.target.closest('#k-speak').setPointerCapture?.(event.pointerId);
  pressed();
}, true);
addEventListener('pointerup', (event) => { if (on_button(event)) let_go(); }, true);
addEventListener('pointercancel', () => { if (hearing && !hearing.tapped) hush(true); }, true);
addEventListener('contextmenu', (event) => { if (on_button(event)) event.preventDefault(); }, true);

function for_speech(event) {
  if (scene?.step !== 'talk' || document.querySelector('dialog[open]')) return false;
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

/* a recording that the server would not take */

addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== 'file' || !scene) return;
  if (![...input.files].some((file) => file.size > MOST_BYTES)) return;
  event.stopImmediatePropagation();
  input.value = '';
  const note = document.createElement('p');
  note.className = 'wrong';
  note.textContent = scene.words.too_large;
  $('#k-note .prose')?.replaceChildren(note);
}, true);

/* clicks that came too fast, and signs of life */

addEventListener('click', (event) => {
  if (!event.isTrusted || !scene || now() > calmUntil) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  calmUntil = Math.max(calmUntil, now() + PAUSE_MS);
}, true);

function sign() { lastSign = now(); signs += 1; }

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
  write('#k-still-title', scene.words.idle_title);
  write('#k-still [data-k="stay"]', scene.words.idle_stay);
  write('#k-still [data-k="go"]', scene.words.idle_leave);
  write('#k-still p', scene.words.idle.replace('{secs}', Math.ceil(left)));
  if (!box.open) box.showModal();
}

function nobody() {
  lastSign = now();
  close();
  const token = scene.token;
  press('#k-idle');
  setTimeout(() => {      // the server does not answer: at least nothing stays on the screen
    if (token && scene.token === token) { sessionStorage.removeItem(KEY); location.reload(); }
  }, 8000);
}

setInterval(() => {
  if (!scene) return;
  if (busy() || hearing) sign();
  if (busy() && !body.dataset.kHearing) hear('');
  const idle = (now() - lastSign) / 1000;
  if (!scene.token) {
    if (idle > scene.idle_secs && scene.language !== home) nobody();
    return;
  }
  const left = scene.idle_secs - idle;
  if (left <= 0) nobody();
  else if (left <= Math.min(WARN_SECS, scene.idle_secs / 2)) return countdown(left);
  const box = $('#k-still');
  if (box?.open) box.close();
}, 250);

/* the server, gone and back */

async function look() {
  if (!scene) return;
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
  write('#k-away', missed > 1 ? scene.words.away : '');
}
setInterval(look, LOOK_MS);

/* what Gradio draws anew */

function observe() {
  const chat = $('#k-chat');
  const team = $('#k-team');
  if (!chat || !team) return setTimeout(observe, 200);
  new MutationObserver(() => {
    if (scene) name();
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

if (/\/kiosk\/?$/.test(location.pathname)) {
  if (sessionStorage.getItem(KEY)) body.dataset.kStep = 'opening';
  observe();
}
