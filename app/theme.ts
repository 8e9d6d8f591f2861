export type ThemeChoice = 'system' | 'light' | 'dark';

const NAME = 'editloom-theme';

/** What the user chose; a tiny script in the page (public/theme.js) reads the same entry before the first paint. */
export function themeChoice(storage: Pick<Storage, 'getItem'> = localStorage): ThemeChoice {
  try {
    const choice = storage.getItem(NAME);
    return choice === 'light' || choice === 'dark' ? choice : 'system';
  } catch {
    return 'system';
  }
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, choice);
  } catch {
    // Storage may be forbidden: the choice then holds until the page is closed.
  }
  showTheme(choice);
}

function showTheme(choice: ThemeChoice): void {
  const light = choice === 'light' || (choice === 'system' && lightSystem().matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
}

/** Follows the system while the choice is `system`; returns its own remover. */
export function followSystemTheme(): () => void {
  const system = lightSystem();
  const follow = (): void => showTheme(themeChoice());
  system.addEventListener('change', follow);
  return () => system.removeEventListener('change', follow);
}

const lightSystem = (): MediaQueryList => matchMedia('(prefers-color-scheme: light)');
