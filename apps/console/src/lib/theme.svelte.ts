/** Day or night: what was chosen last, else what the computer prefers. */
const KEY = 'anyuan.theme';
export type ThemeName = 'day' | 'night';

export class Theme {
  name = $state<ThemeName>('day');

  constructor() {
    this.set(kept() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day'));
  }

  toggle = (): void => {
    this.set(this.name === 'day' ? 'night' : 'day');
    try {
      localStorage.setItem(KEY, this.name);
    } catch {
      // Forgotten at the next start; nothing else depends on it.
    }
  };

  private set(name: ThemeName): void {
    this.name = name;
    document.documentElement.dataset.theme = name;
  }
}

function kept(): ThemeName | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'day' || value === 'night' ? value : null;
  } catch {
    return null;
  }
}
