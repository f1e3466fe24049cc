/** The photo of a form, which may be left out: looked at as soon as it is chosen, so that it is named before all else is sent. */
import { AppError } from '@anyuan/contracts';
import { isPicture, shrink } from './photo.ts';

export class PhotoChoice {
  files = $state<FileList>();
  /** What was chosen is no picture. */
  wrong = $state(false);

  /** Called when another file was chosen. */
  async look(): Promise<void> {
    const file = this.files?.[0];
    this.wrong = false;
    const picture = file === undefined || (await isPicture(file));
    if (file === this.files?.[0]) this.wrong = !picture;
  }

  /** As it is sent, base64; null without one. Rejects as `shrink` does. */
  async small(): Promise<string | null> {
    const file = this.files?.[0];
    if (!file) return null;
    try {
      return await shrink(file);
    } catch (error) {
      this.wrong = error instanceof AppError && error.code === 'badInput';
      throw error;
    }
  }
}
