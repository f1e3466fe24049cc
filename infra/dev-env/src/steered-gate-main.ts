/**
 * A gate's agent for tests, as a process of its own whose clock is turned over IPC: the real service, journal, lists and ports.
 * `pass` lets that much time really go by (its records, lists and timers see no jump), `fill` leaves no room on its disk.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PersonRef } from '@anyuan/contracts';
import { AgentService } from '@anyuan/kiosk';
import { readAgentConfig } from '@anyuan/kiosk/config';
import { runMain } from '@anyuan/service';
import { z } from 'zod';

const Order = z.discriminatedUnion('order', [
  z.object({ order: z.literal('pass'), ms: z.number() }),
  z.object({ order: z.literal('duty'), person: PersonRef }),
  z.object({ order: z.literal('fill') }),
  z.object({ order: z.literal('empty') }),
]);

await runMain('steered-gate', async () => {
  const config = readAgentConfig();
  let passed = Number(process.env.STEERED_PASSED ?? 0);
  const agent = await AgentService.create(config, {
    clock: { now: () => Date.now() + passed },
    elapsed: () => performance.now() + passed,
  });
  const port = await agent.start();
  const filler = join(config.AGENT_DATA, 'filler');
  process.on('message', (message) => {
    const order = Order.parse(message);
    if (order.order === 'pass') passed += order.ms;
    else if (order.order === 'duty') agent.agent.shifts.beginDemo(order.person);
    else if (order.order === 'empty') rmSync(filler, { force: true });
    else fill(filler);
    process.send?.({ done: order.order });
  });
  process.send?.({ port });
  return agent;
});

/** Down to the last block. */
function fill(path: string): void {
  for (const block of [65_536, 4_096])
    try {
      for (;;) writeFileSync(path, Buffer.alloc(block), { flag: 'a' });
    } catch {
      // Full.
    }
}
