/**
 * Finds or brings a nats-server: on PATH (2.10 or newer: several filters a consumer, and a sync after every message), in `.tools/bin`, built by `go install`, or the project's own
 * release archive, whose SHA-256 is pinned here. Else one sentence that says what to do.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from '../stage-1/run-quietly.mjs';
import { step } from '../stage-1/say.mjs';
import { toolsBin } from './clone.ts';
import { findProgram, goInstall, type Program } from './go-install.ts';
import { Refusal } from './refusal.ts';

const LEAST = [2, 10, 0] as const;

export function newEnough(output: string): boolean {
  const version = /v?(\d+)\.(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number) ?? [];
  for (const [i, least] of LEAST.entries()) {
    const part = version[i] ?? -1;
    if (part !== least) return part > least;
  }
  return true;
}

const program: Program = {
  name: 'nats-server',
  module: 'github.com/nats-io/nats-server/v2@v2.15.2',
  versionArg: '--version',
  fits: newEnough,
};

/** The last release whose checksums stand in the project's own container files (nats-io/nats-docker, 2.10.x). */
const RELEASE = '2.10.29';
const SHA256: Record<string, string> = {
  'linux-amd64': 'e314da74a83a1d3876db8814c27eb990fe729640fd6452025b441bcede8390da',
  'linux-arm64': 'da4b27942ecfb4c5f0c54553d2e7f470ddda9d7581cfe8131b351a0e223ed401',
};

const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;

async function download(sha256: string): Promise<string> {
  const name = `nats-server-v${RELEASE}-${platform}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${RELEASE}/${name}.tar.gz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== sha256) throw new Error(`${name}.tar.gz has the wrong SHA-256 ${found}`);
  return unpack(archive, name);
}

export async function unpack(archive: Buffer, name: string): Promise<string> {
  const fresh = join(toolsBin, `new-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  try {
    await writeFile(join(fresh, 'archive.tar.gz'), archive);
    const { code, output } = await runQuietly('tar', ['-xzf', 'archive.tar.gz', `${name}/nats-server`], { cwd: fresh });
    if (code !== 0) throw new Error(output);
    const place = join(toolsBin, 'nats-server');
    await chmod(join(fresh, name, 'nats-server'), 0o755);
    await rename(join(fresh, name, 'nats-server'), place);
    return place;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

export async function ensureNatsServer(): Promise<string> {
  const found = await findProgram(program);
  if (found) return found;
  const built = await goInstall(program, '编译 nats-server Building nats-server');
  if (built) return built;
  const sha256 = SHA256[platform];
  const fetched = sha256
    ? await step(`下载 nats-server ${RELEASE} Downloading nats-server`, () => download(sha256)).catch(() => undefined)
    : undefined;
  if (fetched) return fetched;
  throw new Refusal(
    '缺少 nats-server（2.10 以上）：请安装它并放进 PATH，或安装 Go 1.21 以上后重试，或用 NATS_URL 指向已有的服务器。\n' +
      'nats-server (2.10 or newer) is missing: put it on PATH, or install Go 1.21 or newer and try again, or set NATS_URL to a running one.',
  );
}
