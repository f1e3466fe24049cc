import { runMain } from '@anyuan/service';
import { readPickupConfig } from './config.ts';
import { PickupService } from './service.ts';

await runMain('pickup', async () => {
  const service = await PickupService.create(readPickupConfig());
  await service.start();
  return service;
});
