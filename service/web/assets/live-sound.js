// The microphone's samples as 16 bits at 16 kHz, a tenth of a second at a time; runs in the audio thread.

const RATE = 16000;
const CHUNK = RATE / 10;

class Chunks extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE;
    this.chunk = new Int16Array(CHUNK);
    this.filled = 0;
    this.sum = 0;
    this.count = 0;
    this.left = this.step;
  }

  // Samples of another rate are averaged over each sample of ours, which also keeps aliases down.
  process(inputs) {
    const channel = inputs[0][0];
    if (!channel) return true;
    for (const sample of channel) {
      this.sum += sample;
      this.count += 1;
      this.left -= 1;
      if (this.left > 0) continue;
      this.put(this.sum / this.count);
      this.left += this.step;
      this.sum = this.count = 0;
    }
    return true;
  }

  put(value) {
    this.chunk[this.filled++] = Math.max(-1, Math.min(1, value)) * 32767;
    if (this.filled < CHUNK) return;
    this.port.postMessage(this.chunk.buffer, [this.chunk.buffer]);
    this.chunk = new Int16Array(CHUNK);
    this.filled = 0;
  }
}

registerProcessor('insideout-chunks', Chunks);
