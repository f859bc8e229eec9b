// The camera and the microphone of this browser, sent to the server and to nobody else.
//
//   const session = await insideoutLive.start({guest, video, overlay, camera: true, microphone: true,
//                                              onMessage, onDenied});
//   session.measure(true); session.speak(true); session.speak(false); session.stop();
//
// onMessage gets each message of the server; it also comes as the event "insideout:live" on document.
// Two more are made here: {"type": "connection", "state": "lost" | "back"}.
// onDenied(kind, reason): kind is "camera" or "microphone"; reason is "denied", "missing", "busy" or, where
// it was there and vanished, "gone". The session goes on with what is left.

const FRAMES_A_SECOND = 15;
const LONGER_SIDE = 480;
const JPEG_QUALITY = 0.85; // of 0.7, a pulse was found in 4 of 7 rendered films, of 0.9 in 6
const FRAME = 1;
const SOUND = 2;
const HEAD_BYTES = 9;
const MOST_WAITING_BYTES = 256 * 1024;
const ALIVE_MS = 10000;
const RETRY_MS = [300, 700, 1500, 3000, 5000];
const LAST_CLOSE_CODE = 4400; // and above: the server said why, coming back is of no use
const FACE_GONE_MS = 1200;

const REASONS = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

const seconds = () => performance.now() / 1000;

function packet(kind, secs, payload) {
  const bytes = new Uint8Array(HEAD_BYTES + payload.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kind);
  view.setFloat64(1, secs, true);
  bytes.set(new Uint8Array(payload), HEAD_BYTES);
  return bytes;
}

// The socket, which comes back where the line breaks.
class Line {
  constructor(guest, hear) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.url = `${scheme}://${location.host}/live?guest=${encodeURIComponent(guest)}`;
    this.hear = hear;
    this.tries = 0;
    this.closed = false;
    this.standing = new Map(); // orders that hold until the opposite one: told again on a new line
    this.open();
    this.alive = setInterval(() => this.say({type: 'alive'}), ALIVE_MS);
  }

  open() {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      if (this.tries) this.hear({type: 'connection', state: 'back'});
      this.tries = 0;
      for (const order of this.standing.values()) socket.send(JSON.stringify(order));
    };
    socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    socket.onclose = (event) => this.lost(event.code);
  }

  lost(code) {
    if (this.closed || code >= LAST_CLOSE_CODE) return this.close();
    if (!this.tries) this.hear({type: 'connection', state: 'lost'});
    const pause = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.tries += 1;
    this.retry = setTimeout(() => this.open(), pause);
  }

  get ready() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  say(order) {
    if (order.type in {measure: 1, speak: 1}) this.standing.set(order.type, order);
    if (this.ready) this.socket.send(JSON.stringify(order));
  }

  // Where the network is slower than the camera, frames are left out.
  send(kind, secs, payload) {
    if (this.ready && this.socket.bufferedAmount < MOST_WAITING_BYTES)
      this.socket.send(packet(kind, secs, payload));
  }

  close() {
    this.closed = true;
    clearInterval(this.alive);
    clearTimeout(this.retry);
    this.socket.close();
  }
}

// Frames of the camera, as JPEG.
class Frames {
  constructor(video, line) {
    this.video = video;
    this.line = line;
    this.canvas = document.createElement('canvas');
    this.pen = this.canvas.getContext('2d', {alpha: false, willReadFrequently: true});
    this.busy = false;
    this.timer = setInterval(() => this.frame(), 1000 / FRAMES_A_SECOND);
  }

  frame() {
    const {videoWidth: width, videoHeight: height} = this.video;
    if (this.busy || !width || !this.line.ready) return;
    const scale = Math.min(1, LONGER_SIDE / Math.max(width, height));
    const size = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== size[0] || this.canvas.height !== size[1])
      [this.canvas.width, this.canvas.height] = size;
    const secs = seconds();
    this.pen.drawImage(this.video, 0, 0, ...size);
    this.busy = true;
    this.canvas.toBlob(async (blob) => {
      if (blob && this.timer) this.line.send(FRAME, secs, await blob.arrayBuffer());
      this.busy = false;
    }, 'image/jpeg', JPEG_QUALITY);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }
}

// The face's frame over the picture. Mirror both by CSS, or neither.
class Overlay {
  constructor(canvas, video) {
    this.canvas = canvas;
    this.video = video;
    this.pen = canvas.getContext('2d');
    this.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.shown = null;
    this.goal = null;
    this.draw = this.draw.bind(this);
    this.next = requestAnimationFrame(this.draw);
  }

  see(message) {
    this.seen = performance.now();
    this.goal = message.box;
    this.emotion = message.emotion;
  }

  // Where the picture lies in its element: as CSS object-fit cuts or pads it, and object-position moves it.
  placed([left, top, width, height]) {
    const {clientWidth: across, clientHeight: down} = this.video;
    const {videoWidth, videoHeight} = this.video;
    const style = getComputedStyle(this.video);
    const fits = style.objectFit === 'cover' ? Math.max : Math.min;
    const [x, y] = style.objectPosition.split(' ').map((share) => parseFloat(share) / 100);
    const scale = fits(across / videoWidth, down / videoHeight);
    const [w, h] = [videoWidth * scale, videoHeight * scale];
    return [(across - w) * x + left * w, (down - h) * y + top * h, width * w, height * h];
  }

  draw() {
    this.next = requestAnimationFrame(this.draw);
    const {clientWidth, clientHeight} = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.canvas.width !== size[0] || this.canvas.height !== size[1])
      [this.canvas.width, this.canvas.height] = size;
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, clientWidth, clientHeight);
    if (!this.goal || performance.now() - this.seen > FACE_GONE_MS || !this.video.videoWidth) {
      this.shown = null;
      return;
    }
    const share = this.shown && !this.still ? 0.3 : 1;
    this.shown = this.goal.map((end, i) => (this.shown ? this.shown[i] + share * (end - this.shown[i]) : end));
    this.corners(...this.placed(this.shown));
  }

  corners(left, top, width, height) {
    const style = getComputedStyle(document.body);
    const name = this.emotion ? `--c-${this.emotion}` : '--c-accent';
    const reach = Math.min(width, height) / 4;
    const pen = this.pen;
    pen.beginPath();
    for (const [x, y, across, down] of [
      [left, top, 1, 1],
      [left + width, top, -1, 1],
      [left, top + height, 1, -1],
      [left + width, top + height, -1, -1],
    ]) {
      pen.moveTo(x + across * reach, y);
      pen.lineTo(x, y);
      pen.lineTo(x, y + down * reach);
    }
    pen.lineCap = pen.lineJoin = 'round';
    for (const [colour, thick] of [
      ['rgba(0, 0, 0, 0.45)', 8],
      [style.getPropertyValue(name).trim() || '#fff', 4],
    ]) {
      pen.strokeStyle = colour;
      pen.lineWidth = thick;
      pen.stroke();
    }
  }

  stop() {
    cancelAnimationFrame(this.next);
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }
}

// The microphone's samples. A browser that cannot bring them to 16 kHz itself leaves it to the worklet.
async function sound(stream, line) {
  let context;
  let source;
  try {
    context = new AudioContext({sampleRate: 16000});
    source = context.createMediaStreamSource(stream);
  } catch {
    await context?.close();
    context = new AudioContext();
    source = context.createMediaStreamSource(stream);
  }
  await context.audioWorklet.addModule('/insideout/live-sound.js');
  const chunks = new AudioWorkletNode(context, 'insideout-chunks', {numberOfOutputs: 0, channelCount: 1});
  chunks.port.onmessage = ({data}) => line.send(SOUND, seconds(), data);
  source.connect(chunks);
  wake(context);
  return context;
}

// Some browsers let sound through only after a touch; nobody waits for that here.
function wake(context) {
  context.resume().catch(() => {});
  if (context.state === 'running') return;
  addEventListener('pointerdown', () => context.resume().catch(() => {}), {once: true});
}

const CAMERA = {facingMode: 'user', width: {ideal: 640}, height: {ideal: 480}, frameRate: {ideal: 30}};
// The voice is measured as it is: what the browser would do to make it nicer would change it.
const MICROPHONE = {channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false};

class Session {
  constructor(line, parts) {
    this.line = line;
    this.parts = parts;
    this.camera = this.microphone = false;
    this.leave = () => this.stop();
    window.addEventListener('pagehide', this.leave);
  }

  measure(on) {
    this.line.say({type: 'measure', on});
  }

  speak(on) {
    this.line.say({type: 'speak', on});
  }

  stop() {
    window.removeEventListener('pagehide', this.leave);
    for (const part of this.parts.splice(0)) part();
    this.line.close();
  }
}

// A stream of one kind; null, and onDenied says why, where there is none.
async function opened(kind, wanted, denied, parts) {
  let stream;
  try {
    if (!navigator.mediaDevices) throw new DOMException('needs https', 'SecurityError');
    stream = await navigator.mediaDevices.getUserMedia(wanted);
  } catch (error) {
    denied(kind, REASONS[error.name] || 'missing');
    return null;
  }
  parts.push(() => stream.getTracks().forEach((track) => track.stop()));
  for (const track of stream.getTracks()) track.onended = () => denied(kind, 'gone');
  return stream;
}

async function shown(video, stream, parts) {
  video.muted = video.playsInline = true;
  video.srcObject = stream;
  parts.push(() => { video.srcObject = null; });
  await video.play().catch(() => {}); // where it has to wait for a touch, the frames wait, too
}

export async function start({guest, video = null, overlay = null, camera = false, microphone = false,
                             onMessage = () => {}, onDenied = () => {}}) {
  const parts = [];
  const screen = video || document.createElement('video');
  const drawn = camera && overlay ? new Overlay(overlay, screen) : null;
  if (drawn) parts.push(() => drawn.stop());
  const line = new Line(guest, (message) => {
    if (drawn && message.type === 'face') drawn.see(message);
    onMessage(message);
    document.dispatchEvent(new CustomEvent('insideout:live', {detail: message}));
  });
  const session = new Session(line, parts);
  const pictures = camera && await opened('camera', {video: CAMERA}, onDenied, parts);
  if (pictures) {
    await shown(screen, pictures, parts);
    const frames = new Frames(screen, line);
    parts.push(() => frames.stop());
    session.camera = true;
  }
  const voice = microphone && await opened('microphone', {audio: MICROPHONE}, onDenied, parts);
  if (voice) {
    const context = await sound(voice, line).catch(() => null);
    if (context) parts.push(() => context.close());
    else onDenied('microphone', 'missing');
    session.microphone = Boolean(context);
  }
  return session;
}

window.insideoutLive = {start};
