import { runMain } from '@anyuan/service';
import { readAgentConfig } from './config.ts';
import { AgentService } from './service.ts';

await runMain('agent', async () => {
  const agent = await AgentService.create(readAgentConfig());
  await agent.start();
  return agent;
});
