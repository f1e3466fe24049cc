/**
 * This panel: day or night, and how large a millimetre is on it. The diagonal in inches is given once in the address
 * (`/?inches=15.6`) and kept; without it the measures of a 10.1" panel stand, the smallest that the screens fit on.
 */
export type Theme = 'day' | 'night';
const THEME = 'anyuan.theme';
const INCHES = 'anyuan.inches';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Asked again at the next start; nothing else depends on it.
  }
}

export const theme = (): Theme => (document.documentElement.dataset.theme === 'night' ? 'night' : 'day');

export function setTheme(next: Theme): void {
  document.documentElement.dataset.theme = next;
  keep(THEME, next);
}

export function applyScreen(): void {
  setTheme(read(THEME) === 'night' ? 'night' : 'day');
  const asked = new URLSearchParams(location.search).get('inches');
  const inches = Number(asked ?? read(INCHES));
  if (!(inches >= 7 && inches <= 100)) return;
  keep(INCHES, String(inches));
  const { style } = document.documentElement;
  style.setProperty('--screen-diagonal-px', String(Math.hypot(screen.width, screen.height)));
  style.setProperty('--screen-diagonal-in', String(inches));
}
