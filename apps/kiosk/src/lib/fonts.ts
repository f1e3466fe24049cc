/**
 * The font comes in a hundred slices, each fetched when its first Hanzi is shown. The screen that says that the agent is gone
 * could no longer fetch its own; so every word of the catalogue is made ready while the agent answers. What fails is drawn in
 * the system's font.
 */
import { catalogues } from '@anyuan/ui';

function words(value: unknown): string {
  if (typeof value === 'string') return value;
  // A sentence with gaps: its Hanzi stand in its source.
  if (typeof value === 'function') return value.toString();
  return typeof value === 'object' && value !== null ? Object.values(value).map(words).join('') : '';
}

export function readyFonts(): void {
  const { common, errors, kiosk, words: closed } = catalogues.zh;
  const characters = [...new Set(words({ common, errors, kiosk, closed }))].join('');
  document.fonts.load("24px 'Noto Sans SC Variable'", characters).catch(() => undefined);
}
