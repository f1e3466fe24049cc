/** The school's database: the one that `DATABASE_URL` names, else the embedded one, kept alive like every other part. */
import { startEmbeddedPostgres } from '@anyuan/db';
import type { RunningPart } from './child.ts';
import type { Part } from './supervisor.ts';

export interface PostgresPart extends Part {
  /** Known once it has started. */
  adminUrl(): string;
}

export function postgresPart(options: { dir: string; port: number; onSpawn(pid: number): void }): PostgresPart {
  let adminUrl = '';
  return {
    name: 'postgres',
    adminUrl: () => adminUrl,
    async start(): Promise<RunningPart> {
      const { dir, port } = options;
      const server = await startEmbeddedPostgres({ dir, port });
      options.onSpawn(server.pid);
      adminUrl = server.adminUrl;
      return { pid: server.pid, exited: server.exited.then(() => 'ended'), stop: () => server.stop() };
    },
  };
}
