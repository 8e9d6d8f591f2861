import type { Colour } from './colours.ts';
import type { Measure } from './measure.ts';
import type { Picture } from './picture.ts';
import type { Random } from './random.ts';

/** What an effect is told. */
export type Brush = {
  /** What the prompt said: 1, less for "slightly", more for "very". */
  amount: number;
  /** Where reflection corrects: 1 in the first round. */
  strength: number;
  /** `amount × strength`. */
  force: number;
  colours: Colour[];
  random: Random;
  signal?: AbortSignal | undefined;
};

export type Effect = {
  apply(picture: Picture, brush: Brush): Promise<Uint8Array>;
  /** Leaves no colour at all. */
  grey?: true;
  /** What has to come of it, so that reflection can judge it: the measure's change for an amount of 1. */
  goal?: { measure: Measure; least: number; most: number };
};
