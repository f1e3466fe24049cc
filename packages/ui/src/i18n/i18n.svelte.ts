/**
 * The language of this browser, kept for the next start. `t()` is the catalogue in use; `second()` is the other one, for the
 * second line on signs that outsiders read. A store that can't be written (private window, full disk) only forgets.
 */
import { type Catalogue, catalogues, LANGUAGES, type Language } from './catalogue.ts';

const KEY = 'anyuan.language';

function kept(): Language {
  try {
    const value = localStorage.getItem(KEY);
    return LANGUAGES.find((l) => l === value) ?? 'zh';
  } catch {
    return 'zh';
  }
}

let current = $state<Language>(kept());

export const t = (): Catalogue => catalogues[current];
export const second = (): Catalogue => catalogues[current === 'zh' ? 'en' : 'zh'];
export const language = (): Language => current;

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Forgotten at the next start; nothing else depends on it.
  }
}
