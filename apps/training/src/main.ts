import { runMain } from '@anyuan/service';
import { readTrainingConfig } from './config.ts';
import { TrainingService } from './service.ts';

await runMain('training', async () => {
  const service = await TrainingService.create(readTrainingConfig());
  await service.start();
  return service;
});
