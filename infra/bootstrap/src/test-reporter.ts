/**
 * Vitest's reporter for `npm test`: a line of JSON for every test as it ends, so that what is known survives a run that
 * has to be cut off. A file that could not be loaded, and an error outside of any test, are lines of their own.
 */
import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export interface ReportLine {
  name: string;
  /** What is wrong, nothing when all is well. */
  wrong: string | null;
}

export default class LineReporter implements Reporter {
  readonly #file = process.env.ANYUAN_TEST_REPORT ?? '';

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    const name = `${test.module.relativeModuleId}: ${test.fullName}`;
    this.#line({ name, wrong: state === 'passed' ? null : (errors?.[0]?.message ?? state) });
  }

  onTestModuleEnd(module: TestModule): void {
    for (const { message } of module.errors()) this.#line({ name: module.relativeModuleId, wrong: message });
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    for (const { message } of unhandled) this.#line({ name: 'outside of any test', wrong: message });
  }

  #line(line: ReportLine): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}
