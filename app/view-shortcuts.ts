type Keys = { readonly title: string; readonly keys: readonly string[] };

/** Keys of the views that take the whole window, which listen for themselves; the help shows them with the others. */
export const viewShortcuts: readonly { readonly group: string; readonly entries: readonly Keys[] }[] = [
  {
    group: 'Cards',
    entries: [
      { title: 'The next card, the one before', keys: ['Tab', 'Shift+Tab'] },
      { title: 'Into its fields, and back to it', keys: ['Enter', 'Esc'] },
      { title: 'Select it with the others, or leave it out', keys: ['Space'] },
      { title: 'Move what is selected', keys: ['←', '→', '↑', '↓'] },
      { title: 'All that can be done with it', keys: ['Shift+F10'] },
    ],
  },
  {
    group: 'Full view',
    entries: [
      { title: 'Step along the last axis', keys: ['←', '→'] },
      { title: 'Step along the axis before', keys: ['↑', '↓'] },
      { title: 'Step along the axis before that', keys: ['Shift+PgUp', 'Shift+PgDn'] },
      { title: 'The point before, the next one', keys: ['PgUp', 'PgDn'] },
      { title: 'Larger, smaller, to 100 %, fit', keys: ['+', '-', '1', '0'] },
      { title: 'Move the picture', keys: ['Shift+←', 'Shift+→'] },
      { title: 'Show the original while held', keys: ['o'] },
      { title: 'Compare with another picture', keys: ['c'] },
      { title: 'How it was made', keys: ['i'] },
    ],
  },
  {
    group: 'Compare',
    entries: [
      { title: 'Slider, side by side, blink, difference', keys: ['s', 'n', 'b', 'd'] },
      { title: 'Step with all pictures along an axis', keys: ['←', '→', '↑', '↓'] },
      { title: 'Step with all along a third axis', keys: ['Shift+PgUp', 'Shift+PgDn'] },
      { title: 'Move the divider', keys: [',', '.'] },
      { title: 'Turn the divider', keys: ['v'] },
      { title: 'Hold the blinking, the next one', keys: ['Space', 'Enter'] },
      { title: 'Swap', keys: ['x'] },
      { title: 'Choose another picture', keys: ['c'] },
      { title: 'What differs', keys: ['i'] },
    ],
  },
  {
    group: 'Pick',
    entries: [
      { title: 'Move', keys: ['←', '→', '↑', '↓'] },
      { title: 'The row before, the next one', keys: ['PgUp', 'PgDn'] },
      { title: 'Choose, or put back', keys: ['Space', 'Enter'] },
      { title: 'Choose by its number', keys: ['1', '9'] },
      { title: 'Full view', keys: ['v'] },
    ],
  },
];
