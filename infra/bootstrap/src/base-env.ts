/** What every child is given of this machine's environment: enough to run, and nobody's secrets. */

const PASSED = /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TMPDIR|TEMP|TMP|SystemRoot|NODE_EXTRA_CA_CERTS|XDG_RUNTIME_DIR)$/i;

export function baseEnv(env: NodeJS.ProcessEnv = process.env): Record<string, string | undefined> {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name))), TZ: 'Asia/Shanghai' };
}
