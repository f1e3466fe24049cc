/**
 * Four sounds, made here, so that none has to be loaded: yes (one rising), no (two falling), look (one short), and the
 * evacuation signal (three pulses, pause), which repeats until somebody answers. A browser may refuse sound until the first
 * touch; `blocked` says so and the band shows 静音.
 */
type Tone = { from: number; to: number; at: number; for: number };

const TONES = {
  yes: [{ from: 660, to: 990, at: 0, for: 0.22 }],
  no: [
    { from: 440, to: 330, at: 0, for: 0.25 },
    { from: 330, to: 220, at: 0.3, for: 0.35 },
  ],
  look: [{ from: 740, to: 740, at: 0, for: 0.12 }],
  evacuate: [0, 0.6, 1.2].map((at) => ({ from: 900, to: 900, at, for: 0.4 })),
} satisfies Record<string, Tone[]>;
export type SoundName = keyof typeof TONES;

const EVACUATE_EVERY_MS = 2_800;
const LOUD = 0.5;

export class GateSounds {
  readonly #context: AudioContext;
  #repeat: ReturnType<typeof setInterval> | undefined;

  constructor(onBlocked: (blocked: boolean) => void) {
    this.#context = new AudioContext();
    const tell = () => onBlocked(this.#context.state !== 'running');
    this.#context.addEventListener('statechange', tell);
    tell();
  }

  /** After a touch the browser lets sound out. */
  unlock(): void {
    if (this.#context.state === 'suspended') this.#context.resume().catch(() => undefined);
  }

  play(name: SoundName): void {
    for (const tone of TONES[name]) this.#sound(tone);
  }

  evacuate(on: boolean): void {
    if (on === (this.#repeat !== undefined)) return;
    clearInterval(this.#repeat);
    this.#repeat = undefined;
    if (!on) return;
    this.play('evacuate');
    this.#repeat = setInterval(() => this.play('evacuate'), EVACUATE_EVERY_MS);
  }

  #sound(tone: Tone): void {
    if (this.#context.state !== 'running') return;
    const begin = this.#context.currentTime + tone.at;
    const oscillator = new OscillatorNode(this.#context, { type: 'triangle', frequency: tone.from });
    const gain = new GainNode(this.#context, { gain: 0 });
    oscillator.frequency.linearRampToValueAtTime(tone.to, begin + tone.for);
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(LOUD, begin + 0.01);
    gain.gain.setValueAtTime(LOUD, begin + tone.for - 0.03);
    gain.gain.linearRampToValueAtTime(0, begin + tone.for);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + tone.for);
  }
}
