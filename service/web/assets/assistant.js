// The assistant's page: files dropped on it, the camera's strip, and holding a button to speak.
//
// What it notices goes to the server as the event "insideout:told" (see assistant/parts.py); the server
// answers with orders: {"token", "camera", "microphone", "begun", "show"}. Another measurement has begun
// where "begun" has changed.

const HELD_MS = 400; // a shorter press switches speaking on, and the next one off
const MEGABYTE = 1e6;

let words = {};
let session = null;
let wanted = {camera: false, microphone: false};
let speaking = null; // since when; null while nobody speaks
let hold = false; // whether the button is down
let wired = false;
let pulse = null; // the last one told, beats a minute

const at = (where) => document.querySelector(where);
const tell = (detail) => document.dispatchEvent(new CustomEvent('insideout:told', {detail}));

export function begin(spoken) {
  words = spoken;
  if (!wired) wire();
  wired = true;
  at('#talk').dataset.drop = words.drop;
  at('#strip [data-off]').textContent = words.off;
  mark();
}

export async function obey(order) {
  if (!order) return;
  const {token, camera, microphone, begun, show} = JSON.parse(order);
  if (show) focus(show);
  const asked = {token, camera, microphone, begun};
  if (Object.entries(asked).every(([name, value]) => wanted[name] === value)) return;
  wanted = asked;
  await restart();
}

async function restart() {
  const now = wanted;
  hush();
  session?.stop();
  session = null;
  face('');
  mark();
  if (!now.camera && !now.microphone) return;
  pulse = null;
  note(title(), words.starting);
  const started = await window.insideoutLive.start({
    guest: now.token,
    video: at('#strip video'),
    overlay: at('#strip canvas'),
    camera: now.camera,
    microphone: now.microphone,
    onMessage: hear,
    onDenied: (device, reason) => tell({what: 'lost', device, reason}),
  });
  if (now !== wanted) return started.stop(); // another order came meanwhile
  session = started;
  note(title(), '');
  mark();
  if (hold && session.microphone) speak();
}

const title = () => (wanted.camera ? words.camera : words.microphone);

// The panel comes a moment after the order.
function focus(where) {
  setTimeout(() => at(`${where} h2`)?.focus({preventScroll: false}), 150);
}

function mark() {
  at('#strip .strip').hidden = !wanted.camera && !wanted.microphone;
  at('#strip .mirror').hidden = !wanted.camera;
  for (const [where, on] of [['#camera', wanted.camera], ['#mic', wanted.microphone]])
    at(where)?.setAttribute('aria-pressed', String(on));
  at('#camera')?.setAttribute('aria-label', wanted.camera ? words.cameraOff : words.cameraOn);
  at('#camera')?.setAttribute('title', wanted.camera ? words.cameraOff : words.cameraOn);
  at('#mic')?.classList.toggle('speaks', speaking !== null);
}

function note(title, text) {
  at('#strip .told b').textContent = title;
  at('#strip .told p').textContent = text;
}

function face(name) {
  at('#strip .strip').className = `strip ${name}`;
}

function hear(message) {
  const heard = {
    face: () => {
      const seems = words.seems.replace('{emotion}', words.emotions[message.emotion])
        .replace('{share}', Math.round(100 * message.share));
      const known = message.emotion && message.box;
      face(known ? message.emotion : '');
      const beats = pulse && words.pulse.replace('{bpm}', pulse);
      note(known ? seems : words.camera, [words.hints[message.hint], beats].filter(Boolean).join(' · '));
    },
    pulse: () => { pulse = message.bpm; },
    level: () => at('#mic')?.style.setProperty('--level', message.level),
    heard: () => said(message),
    unheard: () => hint(message.why, 'wrong'),
    failed: () => hint(message.why, 'wrong'),
  }[message.type];
  heard?.();
}

// What was heard comes into the box, after what is written there, for the person to look over.
function said({text, rough}) {
  const box = at('#box textarea');
  box.value = [box.value.trim(), text].filter(Boolean).join(' ');
  box.dispatchEvent(new Event('input', {bubbles: true}));
  box.focus();
  hint(rough ? words.roughly : words.heard, 'well');
}

function hint(text, kind) {
  const line = document.createElement('p');
  line.className = kind;
  line.textContent = text;
  const place = at('#hint .prose') || at('#hint .html-container') || at('#hint');
  place.replaceChildren(line);
}

function speak() {
  if (speaking !== null) return;
  speaking = performance.now();
  session.speak(true);
  hint(words.listening, 'well');
  mark();
}

function hush() {
  if (speaking === null) return;
  speaking = null;
  session?.speak(false);
  hint(words.writing, 'well');
  mark();
}

function press() {
  hold = true;
  if (!session?.microphone) tell({what: 'switch', device: 'microphone'});
  else if (speaking === null) speak();
  else hush();
}

function release() {
  if (!hold) return;
  hold = false;
  if (speaking !== null && performance.now() - speaking > HELD_MS) hush();
}

// Gradio's own, beside its button, which is not to be seen here; there is no other on the page.
const picker = () => at('input[type=file]');

function send(files) {
  const input = picker();
  const given = new DataTransfer();
  for (const file of files) given.items.add(file);
  input.files = given.files;
  input.dispatchEvent(new Event('change', {bubbles: true}));
}

function wire() {
  wireButtons();
  wireFiles();
  addEventListener('pagehide', () => session?.stop());
}

function wireButtons() {
  document.addEventListener('click', ({target}) => {
    const button = target.closest?.('button');
    if (!button) return;
    if (button.id === 'add') picker().click();
    if (button.id === 'camera') tell({what: 'switch', device: 'camera'});
    if (button.dataset.take) tell({what: 'take', name: button.dataset.take});
    if (button.dataset.rest) tell({what: 'rest', name: button.dataset.rest});
    if ('off' in button.dataset) tell({what: 'off'});
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.target.closest?.('#mic') || event.button) return;
    event.preventDefault();
    event.target.closest('#mic').focus();
    press();
  });
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, release);
  document.addEventListener('keydown', (event) => {
    if (event.target.id !== 'mic' || event.repeat || ![' ', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    press();
  });
  document.addEventListener('keyup', ({key}) => [' ', 'Enter'].includes(key) && release());
}

function wireFiles() {
  document.addEventListener('change', (event) => {
    if (event.target.type !== 'file') return;
    const large = [...event.target.files].find((file) => file.size > words.limit * MEGABYTE);
    if (!large) return;
    event.stopImmediatePropagation();
    event.target.value = '';
    tell({what: 'large', name: large.name, megabytes: String(Math.ceil(large.size / MEGABYTE))});
  }, true);
  const carries = (event) => at('#add') && [...(event.dataTransfer?.types || [])].includes('Files');
  let inside = 0;
  const over = (change) => at('#talk').classList.toggle('over', (inside = Math.max(0, inside + change)) > 0);
  addEventListener('dragenter', (event) => carries(event) && over(1));
  addEventListener('dragleave', (event) => carries(event) && over(-1));
  addEventListener('dragover', (event) => carries(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(-inside);
    send(event.dataTransfer.files);
  });
  document.addEventListener('paste', (event) => {
    const {files} = event.clipboardData || {};
    if (!files?.length || !at('#add')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(files);
  }, true);
}
