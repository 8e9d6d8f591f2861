/** The ways to look at several pictures. */
export const modes = [
  { id: 'slider', title: 'Slider', key: 's' },
  { id: 'side', title: 'Side by side', key: 'n' },
  { id: 'blink', title: 'Blink', key: 'b' },
  { id: 'difference', title: 'Difference', key: 'd' },
] as const;

export type Mode = (typeof modes)[number]['id'];
