import { runMain } from '@anyuan/service';
import { readAlarmConfig } from './config.ts';
import { AlarmService } from './service.ts';

await runMain('alarm', async () => {
  const service = await AlarmService.create(readAlarmConfig());
  await service.start();
  return service;
});
