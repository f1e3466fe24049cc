/** The school's database: the one that `DATABASE_URL` names, else the embedded one, kept alive like every other part. */
import { startEmbeddedPostgres } from '@anyuan/db';
import type { RunningPart } from './child.ts';
import type { Part } from './supervisor.ts';

export interface PostgresPart extends Part {
  /** Known once it has started. */
  adminUrl(): string;
}

export function postgresPart(options: { dir: string; onSpawn(pid: number): void }): PostgresPart {
  let adminUrl = '';
  let port: number | undefined;
  return {
    name: 'postgres',
    adminUrl: () => adminUrl,
    async start(): Promise<RunningPart> {
      const server = await startEmbeddedPostgres({ dir: options.dir, ...(port ? { port } : {}) });
      // The services know the address: after a death it comes back where it was.
      port = server.port;
      options.onSpawn(server.pid);
      adminUrl = server.adminUrl;
      return { pid: server.pid, exited: server.exited.then(() => 'ended'), stop: () => server.stop() };
    },
  };
}
