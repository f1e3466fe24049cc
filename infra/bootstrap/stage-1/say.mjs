/** What a person reads while the first start downloads and builds. Plain lines, or one rewritten line on a terminal. */

const tty = Boolean(process.stdout.isTTY) && !process.env.CI;
const clear = '\r\u001b[2K';
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

export const say = (text) => process.stdout.write(`${text}\n`);

/** A refusal that a person can act on; `run.mjs` prints it without a stack. */
export class Refusal extends Error {}

/**
 * Runs `work` and shows that it lives: a spinner on a terminal, else one line at once and another every 10 s.
 * @template T
 * @param {string} label Chinese and English, such as `安装依赖 Installing packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const since = Date.now();
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  let turn = 0;
  if (!tty) say(`  … ${label}`);
  const timer = tty
    ? setInterval(() => {
        turn += 1;
        process.stdout.write(`${clear}  ${frames[turn % frames.length]} ${label} ${seconds(since)}`);
      }, 120)
    : setInterval(() => say(`  … ${label} ${seconds(since)}`), 10_000);
  try {
    const result = await work();
    say(`${tty ? clear : ''}  ✓ ${label} ${seconds(since)}`);
    return result;
  } catch (error) {
    say(`${tty ? clear : ''}  ✗ ${label} ${seconds(since)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
