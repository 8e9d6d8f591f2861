import { describe, expect, it, vi } from 'vitest';
import { bindings, isInField, keyCaps, shortcuts } from '../../app/shortcuts.ts';

describe('the table of shortcuts', () => {
  it.each([[['app', 'canvas']], [['grid']]])('gives no two shortcuts of %j the same keys', (owners) => {
    const keys = shortcuts
      .filter(({ owner }) => owners.includes(owner))
      .flatMap((shortcut) => shortcut.keys.map((key) => key.toLowerCase()));
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('shows keys as they are printed, on a Mac with its signs', () => {
    expect(keyCaps('$mod+Shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
    expect(keyCaps('$mod+Shift+k', true)).toEqual(['⌘', '⇧', 'K']);
    expect(keyCaps('Alt++', false)).toEqual(['Alt', '+']);
    expect(keyCaps('+', false)).toEqual(['+']);
    expect(keyCaps('Delete', false)).toEqual(['Del']);
  });
});

describe('bindings', () => {
  const press = (target: object, defaultPrevented = false) =>
    ({ target, defaultPrevented, isComposing: false, preventDefault: vi.fn<() => void>() }) as unknown as KeyboardEvent;
  const canvas = { tagName: 'DIV' };
  const field = { tagName: 'TEXTAREA' };

  it('leaves undo to a text field that has the focus, and run to the app even there', () => {
    const undo = vi.fn<() => void>();
    const run = vi.fn<() => void>();
    const map = bindings({ undo, run });
    map['$mod+z']!(press(field));
    map['$mod+Enter']!(press(field));
    expect([undo, run].map((action) => action.mock.calls.length)).toEqual([0, 1]);
    map['$mod+z']!(press(canvas));
    expect(undo).toHaveBeenCalledOnce();
  });

  it('leaves alone what somebody has taken already', () => {
    const undo = vi.fn<() => void>();
    bindings({ undo })['$mod+z']!(press(canvas, true));
    expect(undo).not.toHaveBeenCalled();
  });

  it('listens to ? on keyboards with and without Shift for it', () => {
    expect(Object.keys(bindings({ help: () => {} }))).toEqual(['$mod+Shift+k', '?', 'Shift+?']);
  });
});

it('takes a checkbox for no text field', () => {
  expect(isInField({ tagName: 'INPUT', type: 'checkbox' } as unknown as EventTarget)).toBe(false);
  expect(isInField({ tagName: 'INPUT', type: 'text' } as unknown as EventTarget)).toBe(true);
  expect(isInField(null)).toBe(false);
});
