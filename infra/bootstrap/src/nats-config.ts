/** The nats-server configuration of one school, written at every start. */
import type { NatsAuthority } from './nats-users.ts';

export interface NatsPorts {
  client: number;
  mqtt: number;
  websocket: number;
}

export function natsConfig(options: {
  serverName: string;
  storeDir: string;
  ports: NatsPorts;
  lan: boolean;
  authority: NatsAuthority;
}): string {
  const { serverName, storeDir, ports, lan, authority } = options;
  const { operatorJwt, system, school: account } = authority;
  return `# written at every start, from infra/bootstrap/src/nats-config.ts
server_name: ${JSON.stringify(serverName)}
host: 127.0.0.1
port: ${ports.client}
max_payload: 8MB
# a dead connection is noticed within 15 s
ping_interval: "5s"
ping_max: 2

jetstream {
  store_dir: ${JSON.stringify(storeDir)}
  # the default syncs every two minutes: a power cut would lose what was acknowledged
  sync_interval: always
  max_memory_store: 256MB
}

mqtt {
  host: ${lan ? '0.0.0.0' : '127.0.0.1'}
  port: ${ports.mqtt}
}

websocket {
  host: 127.0.0.1
  port: ${ports.websocket}
  no_tls: true
}

operator: ${operatorJwt}
system_account: ${system.id}
resolver: MEMORY
resolver_preload: {
  ${system.id}: ${system.jwt}
  ${account.id}: ${account.jwt}
}
`;
}
