/** Sentences that several of the training screens say. */
import type { ErrorCode } from '@anyuan/contracts';
import { t } from '@anyuan/ui';

/** What was wrong with a file; empty when the refusal was not about it. */
export function fileProblem(error: ErrorCode | null): string {
  const { file } = t().training;
  return error === 'badInput' ? file.notAFile : error === 'tooLarge' ? file.tooLarge : '';
}
