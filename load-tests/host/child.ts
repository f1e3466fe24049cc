/** A program beside the load test: its end is awaited, and it ends with the load test. */
import { type ChildProcess, spawn } from 'node:child_process';

const GRACE_MS = 5_000;

export class Child {
  readonly exited: Promise<number>;
  readonly #process: ChildProcess;

  constructor(command: string, args: string[], options: { env?: NodeJS.ProcessEnv; quiet: boolean }) {
    this.#process = spawn(command, args, {
      env: options.env ?? process.env,
      stdio: options.quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
      // A Ctrl-C of the terminal reaches the load test alone; the order of ending is its own.
      detached: true,
    });
    this.exited = new Promise((resolve) => {
      this.#process.once('error', () => resolve(127));
      this.#process.once('exit', (code) => resolve(code ?? 1));
    });
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    const insist = setTimeout(() => this.#process.kill('SIGKILL'), GRACE_MS);
    await this.exited;
    clearTimeout(insist);
  }
}
