import { runMain } from '@anyuan/service';
import { readDrillsConfig } from './config.ts';
import { DrillsService } from './service.ts';

await runMain('drills', async () => {
  const service = await DrillsService.create(readDrillsConfig());
  await service.start();
  return service;
});
