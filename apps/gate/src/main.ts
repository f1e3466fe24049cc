import { runMain } from '@anyuan/service';
import { readGateConfig } from './config.ts';
import { GateService } from './service.ts';

await runMain('gate', async () => {
  const service = await GateService.create(readGateConfig());
  await service.start();
  return service;
});
