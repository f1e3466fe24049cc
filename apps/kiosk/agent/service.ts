/** The process beside the guard's screen: configuration, bus, journal, and the little server on localhost. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Bus, openBus } from '@anyuan/bus';
import { type Clock, createLog, type Log, readSecret, systemClock } from '@anyuan/service';
import { getRequestListener } from '@hono/node-server';
import { createAgentApp } from './app.ts';
import { type AgentConfig, readGateFile } from './config.ts';
import { GateAgent } from './gate-agent.ts';
import { type Journal, openJournal } from './journal.ts';
import { createAgentRouter } from './router.ts';

export class AgentService {
  readonly agent: GateAgent;
  readonly #config: AgentConfig;
  readonly #bus: Bus;
  readonly #journal: Journal;
  readonly #log: Log;
  readonly #server: ReturnType<typeof createServer>;

  static async create(
    config: AgentConfig,
    overrides: { clock?: Clock; elapsed?: () => number } = {},
  ): Promise<AgentService> {
    const log = createLog('agent', config.LOG_LEVEL);
    const gate = readGateFile(config.GATE_FILE);
    const bus = openBus({
      url: config.NATS_URL,
      credsFile: config.NATS_CREDS,
      name: `agent-${gate.gate}`,
      onError: (what, error) => log.error({ what, error }, 'bus'),
    });
    const journal = openJournal(config.AGENT_DATA, readSecret(config.AGENT_KEY_FILE));
    const agent = new GateAgent({
      bus,
      school: config.ANYUAN_SCHOOL,
      gate,
      journal,
      listKeys: {
        gate: readSecret(join(config.LIST_KEYS, 'list-gate.pub')),
        pickup: readSecret(join(config.LIST_KEYS, 'list-pickup.pub')),
      },
      watchKey: Buffer.from(readSecret(config.WATCH_KEY_FILE), 'hex'),
      cardKey: Buffer.from(readSecret(config.CARD_KEY_FILE), 'hex'),
      listLimitMs: config.LIST_LIMIT_HOURS * 3600_000,
      demo: config.ANYUAN_DEMO === '1',
      clock: overrides.clock ?? systemClock,
      elapsed: overrides.elapsed ?? (() => performance.now()),
      log,
    });
    return new AgentService(config, bus, journal, log, agent);
  }

  private constructor(config: AgentConfig, bus: Bus, journal: Journal, log: Log, agent: GateAgent) {
    this.#config = config;
    this.#bus = bus;
    this.#journal = journal;
    this.#log = log;
    this.agent = agent;
    const health = () => ({ ok: true, bus: bus.connected, pending: journal.countPending() });
    const app = createAgentApp({ router: createAgentRouter(agent), log, kioskDir: config.KIOSK_DIR, health });
    this.#server = createServer(getRequestListener(app.fetch));
  }

  /** @returns the port it listens on */
  async start(): Promise<number> {
    this.agent.start();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#config.PORT, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : this.#config.PORT;
    this.#log.info({ port }, 'listening');
    return port;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.agent.stop();
    await this.#bus.close();
    this.#journal.close();
  }
}
