/** Finds or builds k6 for the load tests: exactly 1.8.1, since figures of other versions can't be compared. */
import { findProgram, goInstall, type Program } from './go-install.ts';
import { Refusal } from './refusal.ts';

const program: Program = {
  name: 'k6',
  module: 'go.k6.io/k6@v1.8.1',
  versionArg: 'version',
  fits: (output) => /\bv1\.8\.1\b/.test(output),
};

export async function ensureK6(): Promise<string> {
  const found =
    (await findProgram(program)) ?? (await goInstall(program, '编译 k6（约一分钟） Building k6 (about a minute)'));
  if (found) return found;
  throw new Refusal(
    '缺少 k6 1.8.1：请安装它并放进 PATH，或安装 Go 1.21 以上后重试。\n' +
      'k6 1.8.1 is missing: put it on PATH, or install Go 1.21 or newer and try again.',
  );
}
