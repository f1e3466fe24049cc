/** The page of pictures: `fixtures.html#<scene>` draws that screen with invented data. Not part of the built kiosk. */
import '../app.css';
import { setLanguage } from '@anyuan/ui';
import { mount, tick } from 'svelte';
import App from '../App.svelte';
import { NOW, status } from './data.ts';
import { scenes } from './scenes.ts';
import { ScriptedAgent } from './scripted-agent.ts';

const [name = 'idle', theme = 'day'] = location.hash.slice(1).split(',');
const scene = scenes[name] ?? {};
let skipped = 0;
const begun = performance.now();
Date.now = () => (scene.now ?? NOW) + skipped + Math.floor(performance.now() - begun);
document.documentElement.dataset.theme = theme;
setLanguage(scene.language ?? 'zh');

const settle = async () => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  await tick();
};
async function touch(words: string): Promise<void> {
  const disc = document.querySelector('.alarm');
  if (words === 'hold') {
    disc?.dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1, bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    return settle();
  }
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('main button, .rail .slot')];
  const exact = buttons.find((b) => b.textContent?.trim() === words);
  (exact ?? buttons.find((b) => b.textContent?.includes(words)))?.click();
  await settle();
}

const agent = new ScriptedAgent(scene.answers);
const target = document.getElementById('app');
if (target) {
  mount(App, { target, props: { client: agent } });
  await settle();
  agent.emit({ type: 'status', status: scene.status ?? status() }, { type: 'alarms', incidents: [] });
  agent.emit(...(scene.events ?? []));
  await settle();
  for (const words of scene.touch ?? []) await touch(words);
  if (scene.type) {
    const input = document.querySelector('input');
    if (input) {
      input.value = scene.type;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  agent.emit(...(scene.after ?? []));
  if (scene.cut) {
    agent.cut();
    skipped = 4000;
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
  if (scene.wait) {
    skipped = scene.wait * 1000;
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
  await settle();
  document.body.dataset.ready = name;
}
