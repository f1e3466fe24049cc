import { runMain } from '@anyuan/service';
import { readLedgerConfig } from './config.ts';
import { LedgerService } from './service.ts';

await runMain('ledger', async () => {
  const service = await LedgerService.create(readLedgerConfig());
  await service.start();
  return service;
});
