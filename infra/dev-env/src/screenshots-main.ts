/**
 * `npm run screenshots`: the pictures of the READMEs, taken of the running school (`npm start` first) in Chromium. What it
 * does on the way (one visitor, one exercise) is done for real and ended again.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFile } from '@anyuan/bootstrap';
import { newId } from '@anyuan/contracts';
import { openBrowser, sizes } from './browser.ts';
import { openOffice } from './guard-hands.ts';
import { openKiosk } from './kiosk-client.ts';
import { signIn } from './office-client.ts';
import { openSim } from './sim-client.ts';

const pictures = join(import.meta.dirname, '../pictures');
const say = (line: string) => process.stdout.write(`${line}\n`);

async function take(): Promise<number> {
  const run = readRunFile(process.env.ANYUAN_DATA ?? '');
  if (!run?.kiosk || !run.sim) {
    say('先 npm start。 npm start first.');
    return 1;
  }
  mkdirSync(pictures, { recursive: true });
  const [browser, sim, office, gate] = await Promise.all([
    openBrowser(),
    openSim(run.sim),
    signIn(run.gateway, 'admin', 'demo-1111'),
    openKiosk(run.kiosk),
  ]);
  const kiosk = await browser.newPage({ viewport: sizes.kiosk });
  const console = await browser.newPage({ viewport: sizes.office });
  await kiosk.goto(run.kiosk);
  await kiosk.getByText('请放证件').waitFor();
  await sim.act('present', 'zhang');
  await kiosk.getByText('张伟明').first().waitFor();
  await kiosk.evaluate('document.fonts.ready.then(() => true)');
  await kiosk.screenshot({ path: join(pictures, 'kiosk.png') });

  await openOffice(console, run.gateway, 'admin', 'demo-1111');
  const { incident } = await gate.call.alarm.press.mutate({ mode: 'exercise', kind: 'fire', action: 'evacuate' });
  await console.goto(`${run.gateway}/console/alarm`);
  await console.getByText('紧急疏散').first().waitFor();
  await console.getByText(/全部设备都应答/).waitFor();
  await console.getByText('设备已应答').waitFor();
  await console.evaluate('document.fonts.ready.then(() => true)');
  await console.screenshot({ path: join(pictures, 'console.png') });
  await office.alarm.standDown.mutate({ command: newId(), incident, reason: 'exerciseOver', note: '' });

  gate.close();
  await browser.close();
  say(`  ✓ ${pictures}`);
  return 0;
}

process.exitCode = await take();
