/** Who listens: the app (document, run, dialogs), the canvas (selection, viewport) or the grid of a node's results. */
export type ShortcutOwner = 'app' | 'canvas' | 'grid';

export type Shortcut = {
  readonly id: string;
  /** In tinykeys' words; `$mod` is Ctrl, on a Mac Cmd. The first one is shown. */
  readonly keys: readonly string[];
  readonly title: string;
  readonly group: 'Run' | 'Graph' | 'Change' | 'Canvas' | 'Grid' | 'App';
  readonly owner: ShortcutOwner;
  /** Works while a text field has the focus too. */
  readonly inFields?: boolean;
};

/** Every key of the editor: the help, the tooltips and the listeners all read this list. As ComfyUI has them where it has them. */
const list = [
  { id: 'run', keys: ['$mod+Enter'], title: 'Run', group: 'Run', owner: 'app', inFields: true },
  {
    id: 'run-here',
    keys: ['$mod+Shift+Enter'],
    title: 'Run to the node, or to those selected',
    group: 'Run',
    owner: 'app',
    inFields: true,
  },
  { id: 'stop', keys: ['$mod+Alt+Enter'], title: 'Stop the run', group: 'Run', owner: 'app', inFields: true },

  { id: 'save', keys: ['$mod+s'], title: 'Save a graph file', group: 'Graph', owner: 'app', inFields: true },
  { id: 'open', keys: ['$mod+o'], title: 'Open a graph file', group: 'Graph', owner: 'app', inFields: true },
  { id: 'templates', keys: ['w'], title: 'Templates', group: 'Graph', owner: 'app' },
  { id: 'versions', keys: ['v'], title: 'Versions', group: 'Graph', owner: 'app' },
  {
    id: 'keep-version',
    keys: ['$mod+Shift+s'],
    title: 'Keep a version under a name',
    group: 'Graph',
    owner: 'app',
    inFields: true,
  },

  { id: 'undo', keys: ['$mod+z'], title: 'Undo', group: 'Change', owner: 'app' },
  { id: 'redo', keys: ['$mod+y', '$mod+Shift+z'], title: 'Redo', group: 'Change', owner: 'app' },
  { id: 'copy', keys: ['$mod+c'], title: 'Copy', group: 'Change', owner: 'canvas' },
  { id: 'cut', keys: ['$mod+x'], title: 'Cut', group: 'Change', owner: 'canvas' },
  { id: 'paste', keys: ['$mod+v'], title: 'Paste nodes or a picture', group: 'Change', owner: 'canvas' },
  {
    id: 'paste-connected',
    keys: ['$mod+Shift+v'],
    title: 'Paste with the edges that led in',
    group: 'Change',
    owner: 'canvas',
  },
  { id: 'duplicate', keys: ['$mod+d'], title: 'Duplicate', group: 'Change', owner: 'canvas' },
  { id: 'delete', keys: ['Delete', 'Backspace'], title: 'Delete', group: 'Change', owner: 'canvas' },
  { id: 'select-all', keys: ['$mod+a'], title: 'Select all', group: 'Change', owner: 'canvas' },
  { id: 'rename', keys: ['F2'], title: 'Rename the node', group: 'Change', owner: 'canvas' },
  { id: 'connect', keys: ['c'], title: 'Connect the node to another', group: 'Change', owner: 'canvas' },
  { id: 'fold', keys: ['Alt+c'], title: 'Fold or unfold the node', group: 'Change', owner: 'canvas' },

  { id: 'search', keys: ['/'], title: 'Add a node by name', group: 'Canvas', owner: 'canvas' },
  { id: 'fit', keys: ['.'], title: 'Fit the graph into view', group: 'Canvas', owner: 'canvas' },
  { id: 'zoom-in', keys: ['Alt+=', 'Alt++'], title: 'Zoom in', group: 'Canvas', owner: 'canvas' },
  { id: 'zoom-out', keys: ['Alt+-'], title: 'Zoom out', group: 'Canvas', owner: 'canvas' },
  { id: 'minimap', keys: ['Alt+Shift+m'], title: 'Show or hide the map', group: 'Canvas', owner: 'canvas' },

  {
    id: 'history',
    keys: ['h'],
    title: 'Earlier takes and settings of the node',
    group: 'Canvas',
    owner: 'canvas',
  },
  { id: 'pick', keys: ['k'], title: 'Choose at the pick, or at the one that waits', group: 'Canvas', owner: 'canvas' },
  {
    id: 'compare',
    keys: ['Shift+c'],
    title: 'Compare what is marked, or what the nodes show',
    group: 'Canvas',
    owner: 'canvas',
  },
  { id: 'export', keys: ['e'], title: 'Export pictures: sheet, page, table, zip', group: 'Graph', owner: 'canvas' },
  { id: 'grid', keys: ['g'], title: 'Show the results of the node as a grid', group: 'Grid', owner: 'canvas' },
  { id: 'grid-open', keys: ['Enter'], title: 'Full view of the cell', group: 'Grid', owner: 'grid' },
  { id: 'grid-select', keys: [' '], title: 'Select the cell, the row or the column', group: 'Grid', owner: 'grid' },
  { id: 'grid-rate', keys: ['1', '5', '0'], title: 'Rate with 1 to 5 stars, 0 for none', group: 'Grid', owner: 'grid' },
  { id: 'grid-strike', keys: ['x'], title: 'Strike out, or put back', group: 'Grid', owner: 'grid' },
  { id: 'grid-make', keys: ['m'], title: 'Make it, with what it needs', group: 'Grid', owner: 'grid' },
  { id: 'grid-retry', keys: ['r'], title: 'Retry what failed', group: 'Grid', owner: 'grid' },
  { id: 'grid-take', keys: ['t'], title: 'New take', group: 'Grid', owner: 'grid' },
  { id: 'grid-compare', keys: ['c'], title: 'Compare', group: 'Grid', owner: 'grid' },
  { id: 'grid-input', keys: ['i'], title: 'Use as input', group: 'Grid', owner: 'grid' },
  { id: 'grid-save', keys: ['s'], title: 'Save the picture', group: 'Grid', owner: 'grid' },
  { id: 'grid-copy', keys: ['$mod+c'], title: 'Copy the settings of the cell', group: 'Grid', owner: 'grid' },
  { id: 'grid-zoom', keys: ['+', '-', '.'], title: 'Larger, smaller, fitting cells', group: 'Grid', owner: 'grid' },

  { id: 'palette', keys: ['n'], title: 'Show or hide the nodes panel', group: 'App', owner: 'app' },
  { id: 'gallery', keys: ['p'], title: 'Gallery of all pictures', group: 'App', owner: 'app' },
  { id: 'settings', keys: ['$mod+,'], title: 'Settings', group: 'App', owner: 'app', inFields: true },
  { id: 'help', keys: ['$mod+Shift+k', '?'], title: 'Keyboard shortcuts', group: 'App', owner: 'app' },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof list)[number]['id'];

export const shortcuts: readonly (Shortcut & { readonly id: ShortcutId })[] = list;

export function shortcut(id: ShortcutId): Shortcut {
  return shortcuts.find((candidate) => candidate.id === id)!;
}

/**
 * Bindings for tinykeys from what each shortcut does. Keys pressed in a text field are left to it, but for those marked
 * `inFields`; an event that somebody has taken already is left alone.
 */
export function bindings(
  actions: Partial<Record<ShortcutId, (event: KeyboardEvent) => void>>,
): Record<string, (event: KeyboardEvent) => void> {
  const map: Record<string, (event: KeyboardEvent) => void> = {};
  for (const { id, keys, inFields } of shortcuts) {
    const act = actions[id];
    if (!act) continue;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || (!inFields && isInField(event.target))) return;
      event.preventDefault();
      act(event);
    };
    for (const key of keys) for (const press of pressesOf(key)) map[press] = listen;
  }
  return map;
}

/** `?` needs Shift on most keyboards and not on others; tinykeys wants to know which. */
function pressesOf(key: string): string[] {
  return key === '?' ? ['?', 'Shift+?'] : [key];
}

/** Texts are written there, so single keys and undo belong to the field. */
export function isInField(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement> | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  return element.tagName === 'INPUT' && !notTyped.has((element as HTMLInputElement).type);
}

const notTyped = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file']);

const named: Record<string, string> = { $mod: 'Ctrl', Enter: 'Enter', Delete: 'Del', ' ': 'Space' };
const namedOnMac: Record<string, string> = { $mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦', Backspace: '⌫' };

/** The parts of a combination as they are printed on the keys: `Ctrl`, `Shift`, `K`. */
export function keyCaps(combination: string, mac: boolean): string[] {
  const names = mac ? { ...named, ...namedOnMac } : named;
  if (combination === '+') return ['+'];
  const parts = combination.endsWith('++') ? [...combination.slice(0, -2).split('+'), '+'] : combination.split('+');
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** `Ctrl+Shift+K`, for tooltips. */
export function keyText(id: ShortcutId, mac: boolean): string {
  return keyCaps(shortcut(id).keys[0]!, mac).join(mac ? '' : '+');
}

export function isMac(platform: string = navigator.platform): boolean {
  return /Mac|iP(hone|ad|od)/.test(platform);
}
