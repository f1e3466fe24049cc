/**
 * This panel: day or night, and how large a millimetre is on it. The diagonal in inches is given once in the address
 * (`/?inches=15.6`) and kept; without it the measures of a 10.1" panel stand, the smallest that the screens fit on.
 */
import { clock } from '@anyuan/ui/text';

type Theme = 'day' | 'night';
const THEME = 'anyuan.colours';
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

/** `auto` follows the gate's dusk and dawn. */
export type ThemeChoice = Theme | 'auto';

export function themeChoice(): ThemeChoice {
  const kept = read(THEME);
  return kept === 'day' || kept === 'night' ? kept : 'auto';
}

export function chooseTheme(choice: ThemeChoice): void {
  keep(THEME, choice);
  if (choice !== 'auto') document.documentElement.dataset.theme = choice;
}

/** @param times clock times of the gate, which may lie on both sides of midnight */
export function isNight({ from, to }: { from: string; to: string }, now: number): boolean {
  const time = clock(now);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** At dusk and at dawn; what the guard chose stands. */
export function followClock(dark: boolean): void {
  if (themeChoice() === 'auto') document.documentElement.dataset.theme = dark ? 'night' : 'day';
}

/** What the screens are drawn for. A smaller window shows them smaller, whole: nothing may lie over the alarm control. */
const LEAST = { width: 1280, height: 800 };

export function fitWindow(): void {
  const fit = Math.min(1, innerWidth / LEAST.width, innerHeight / LEAST.height);
  document.documentElement.classList.toggle('scaled', fit < 1);
  document.documentElement.style.setProperty('--fit', String(fit));
}

export function applyScreen(): void {
  fitWindow();
  addEventListener('resize', fitWindow);
  document.documentElement.dataset.theme = read(THEME) === 'night' ? 'night' : 'day';
  const asked = new URLSearchParams(location.search).get('inches');
  const inches = Number(asked ?? read(INCHES));
  if (!(inches >= 7 && inches <= 100)) return;
  keep(INCHES, String(inches));
  const { style } = document.documentElement;
  style.setProperty('--screen-diagonal-px', String(Math.hypot(screen.width, screen.height)));
  style.setProperty('--screen-diagonal-in', String(inches));
}
