import { runMain } from '@anyuan/service';
import { readGatewayConfig } from './config.ts';
import { GatewayService } from './service.ts';

await runMain('gateway', async () => {
  const gateway = await GatewayService.create(readGatewayConfig());
  await gateway.start();
  return gateway;
});
