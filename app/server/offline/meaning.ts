import type { Colour } from './colours.ts';
import type { EffectName } from './operation.ts';

/** A word or phrase of the prompt. */
export type Lexeme = {
  text: string;
  meaning:
    | Meaning
    | { is: 'colour'; colour: Colour }
    | { is: 'number'; value: number }
    | { is: 'abstract'; instructions: string }
    | { is: 'unknown' };
};

/** What a word or phrase of a prompt means. Phrases are found longest first. */
export type Meaning =
  | { is: 'filler' }
  | { is: 'join' }
  | { is: 'verb'; verb: Verb }
  | { is: 'effect'; effect: EffectName; amount?: number }
  /** A property that can be raised or lowered. */
  | { is: 'quality'; more: EffectName; less: EffectName | null }
  | { is: 'amount'; factor: number }
  | { is: 'all' | 'subject' | 'background' | 'sky' | 'part' | 'parts' | 'rest' }
  | { is: 'fill'; fill: 'transparent' | 'studio' | 'gradient' | 'backdrop' }
  | { is: 'gradient'; name: string; colours: string[] }
  | {
      is: 'direction';
      direction: 'left' | 'right' | 'horizontal' | 'vertical' | 'half' | 'clockwise' | 'counter' | 'radial';
    }
  | { is: 'unit'; unit: 'degrees' | 'pixels' | 'percent' | 'times' }
  | { is: 'ratio'; width: number; height: number }
  | { is: 'except' };

export type Verb =
  | 'make'
  | 'more'
  | 'less'
  | 'remove'
  | 'keep'
  | 'rotate'
  | 'turn'
  | 'mirror'
  | 'crop'
  | 'border'
  | 'enlarge'
  | 'recolour';
