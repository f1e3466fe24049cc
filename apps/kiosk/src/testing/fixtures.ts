/**
 * The page of pictures: `fixtures.html#<scene>,<day|night>,<zh|en>` draws that screen with invented data. Not part of the
 * built kiosk.
 * A test holds `window.gate`: the agent that speaks, and a hand that turns the clock on.
 */
import '../app.css';
import { setLanguage } from '@anyuan/ui';
import { mount, tick, unmount } from 'svelte';
import App from '../App.svelte';
import { applyScreen, chooseTheme } from '../lib/screen.ts';
import { NOW, status } from './data.ts';
import { type Scene, scenes } from './scenes.ts';
import { ScriptedAgent } from './scripted-agent.ts';
import { asked } from './visit-scenes.ts';

interface Gate {
  agent: ScriptedAgent;
  /** Lets so many milliseconds pass at once; the screen notices with its next tick, within a second. */
  skip(ms: number): void;
  /** What became of the question of the scene `idle-asking`. */
  hostSays(state: 'yes' | 'no'): void;
  speak(language: 'zh' | 'en'): void;
  /** Another scene in the same page: for who looks at them all, and would else load the page for each. */
  show(scene: string): Promise<void>;
}
declare global {
  interface Window {
    gate: Gate;
  }
}

let app: Record<string, unknown> | undefined;
let skipped = 0;

function gate(scene: Scene): Gate {
  const agent = new ScriptedAgent(scene.answers);
  const begun = performance.now();
  skipped = 0;
  Date.now = () => (scene.now ?? NOW) + skipped + Math.floor(performance.now() - begun);
  return {
    agent,
    skip: (ms) => {
      skipped += ms;
    },
    hostSays(state) {
      const by = { id: asked.host.id, name: asked.host.name };
      const decline = state === 'no' ? ('unknownPerson' as const) : null;
      const answer = { by, as: 'host' as const, at: new Date(Date.now()).toISOString(), decline, note: null };
      agent.emit({ type: 'hostQuestion', question: { ...asked, state, answer } });
    },
    speak: setLanguage,
    async show(name) {
      if (app) await unmount(app);
      await play(name, 'day');
    },
  };
}

const settled = async () => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  await tick();
};
const nextTick = () => new Promise((resolve) => setTimeout(resolve, 1100));

async function touch(words: string): Promise<void> {
  if (words === 'hold') {
    const press = new PointerEvent('pointerdown', { button: 0, pointerId: 1, bubbles: true });
    document.querySelector('.alarm')?.dispatchEvent(press);
    await nextTick();
    return;
  }
  const buttons = [
    ...document.querySelectorAll<HTMLButtonElement>('main button, .rail .slot, .ribbon, .dialog button'),
  ];
  const exact = buttons.find((b) => b.textContent?.trim() === words);
  (exact ?? buttons.find((b) => b.textContent?.includes(words)))?.click();
  await settled();
}

async function play(name: string, theme: string, spoken?: string): Promise<void> {
  const target = document.getElementById('app');
  if (!target) return;
  const scene = scenes[name] ?? {};
  window.gate = gate(scene);
  const { agent } = window.gate;
  chooseTheme(theme === 'night' ? 'night' : 'day');
  setLanguage(scene.language ?? 'zh');
  app = mount(App, { target, props: { client: agent } });
  await settled();
  agent.emit({ type: 'status', status: scene.status ?? status() }, { type: 'alarms', incidents: [] });
  agent.emit(...(scene.events ?? []));
  await settled();
  for (const words of scene.touch ?? []) await touch(words);
  const input = scene.type ? document.querySelector('input') : null;
  if (input && scene.type) {
    input.value = scene.type;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  agent.emit(...(scene.after ?? []));
  if (scene.cut) agent.cut();
  if (scene.cut || scene.wait) {
    window.gate.skip((scene.wait ?? 4) * 1000);
    await nextTick();
  }
  // The touches are words of the scene's own language.
  if (spoken === 'en') setLanguage('en');
  await settled();
  document.body.dataset.ready = name;
}

applyScreen();
const [name = 'idle', theme = 'day', spoken] = location.hash.slice(1).split(',');
void play(name, theme, spoken);
