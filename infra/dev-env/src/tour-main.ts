/**
 * `npm run tour`: the main job on simulated hardware, each step with its time. Uses the school that runs in this data
 * folder; when none runs, starts one of its own in a folder that is gone afterwards. Exit code 0 only when each step
 * really happened.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunFile, readRunFile, startSchool } from '@anyuan/bootstrap';
import pg from 'pg';
import { openKiosk } from './kiosk-client.ts';
import { signIn } from './office-client.ts';
import { openSim } from './sim-client.ts';
import { type TourContext, tourSteps } from './tour-steps.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function tour(run: RunFile): Promise<boolean> {
  if (!run.kiosk || !run.sim || !run.demo) {
    say('这里没有模拟的门岗，无法自检。 There is no simulated gate here: the tour needs the demo school.');
    return false;
  }
  const db = new pg.Pool({ connectionString: run.databaseUrl, max: 2 });
  const kiosk = await openKiosk(run.kiosk);
  const office = await signIn(run.gateway, 'admin', 'demo-1111');
  const context: TourContext = {
    kiosk,
    office,
    sim: openSim(run.sim),
    db,
    notes: { visit: '', incident: '', presented: '' },
  };
  const begun = performance.now();
  let failed = 0;
  for (const [i, step] of tourSteps.entries()) {
    const start = performance.now();
    try {
      const remark = await step.run(context);
      const ms = Math.round(performance.now() - start);
      say(`  ✓ ${i + 1}/${tourSteps.length} ${step.zh}${remark ? `（${remark}）` : ''}  ${ms} ms\n        ${step.en}`);
    } catch (error) {
      failed += 1;
      const why = error instanceof Error ? error.message : String(error);
      say(`  ✗ ${i + 1}/${tourSteps.length} ${step.zh}\n        ${step.en}\n        没有发生 did not happen: ${why}`);
    }
  }
  await context.sim.act('clear');
  kiosk.close();
  await db.end();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  say(
    failed === 0
      ? `\n  全部通过，用时 ${seconds} 秒 all ${tourSteps.length} steps passed`
      : `\n  ${failed} 步没有通过 steps failed`,
  );
  return failed === 0;
}

async function inOwnSchool(): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-tour-'));
  say('没有正在运行的学校，自检先开一所临时的。 No school is running here: the tour starts one of its own.');
  const options = {
    port: 4100,
    data: dir,
    gate: undefined,
    demo: true,
    term: false,
    sim: true,
    lan: false,
    dataDir: dir,
  };
  const school = await startSchool(options, () => {}, new AbortController().signal);
  try {
    return await tour(school.run);
  } finally {
    await school.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const running = readRunFile(process.env.ANYUAN_DATA ?? '');
process.exitCode = (await (running ? tour(running) : inOwnSchool())) ? 0 : 1;
