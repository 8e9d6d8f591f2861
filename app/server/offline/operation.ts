import type { Colour } from './colours.ts';

/** What a prompt asks for, once it is understood. */
export type Operation =
  | { type: 'background'; fill: Fill }
  | { type: 'effect'; effect: EffectName; amount: number; area: Area; colours: Colour[] }
  | { type: 'recolour'; area: Area; colour: Colour }
  | { type: 'rotate'; degrees: number }
  | { type: 'mirror'; axis: 'horizontal' | 'vertical' }
  | { type: 'crop'; width: number; height: number }
  | {
      type: 'border';
      colour: Colour | null;
      /** Of the shorter side; null = the seed decides. */ share: number | null;
      pixels: number | null;
    }
  | { type: 'enlarge'; factor: number };

export type Fill =
  | { kind: 'colour'; colour: Colour }
  | { kind: 'gradient'; colours: Colour[]; name: string }
  | { kind: 'studio'; colour: Colour }
  | { kind: 'blurred'; amount: number }
  | { kind: 'transparent' };

/** Where an operation works. `hue` = everything that has about this colour now, perhaps only within the subject. */
export type Area =
  | { kind: 'all' }
  | { kind: 'subject'; word: string }
  | { kind: 'background'; word: string }
  | { kind: 'sky' }
  | { kind: 'hue'; colour: Colour; within: 'all' | 'subject' | 'background' };

export const everywhere: Area = { kind: 'all' };

export const effectNames = [
  'black and white',
  'sepia',
  'vintage',
  'warm',
  'cool',
  'brighter',
  'darker',
  'contrast',
  'less contrast',
  'saturated',
  'desaturated',
  'invert',
  'tint',
  'golden hour',
  'night',
  'autumn',
  'winter',
  'spring',
  'film',
  'noir',
  'teal and orange',
  'duotone',
  'sharpen',
  'blur',
  'denoise',
  'clarity',
  'glow',
  'haze',
  'vignette',
  'grain',
  'sketch',
  'cartoon',
  'oil painting',
  'watercolour',
  'pixelate',
  'posterise',
] as const;
export type EffectName = (typeof effectNames)[number];

/** Does it need to know which pixels are the subject? */
export function needsMask(operation: Operation): boolean {
  if (operation.type === 'background') return true;
  if (operation.type !== 'effect' && operation.type !== 'recolour') return false;
  const { area } = operation;
  return area.kind === 'hue' ? area.within !== 'all' : area.kind !== 'all';
}

/** The operation in the words of the note. */
export function describe(operation: Operation): string {
  switch (operation.type) {
    case 'background':
      return `background ${describeFill(operation.fill)}`;
    case 'effect': {
      const colours =
        operation.colours.length > 0 ? ` (${operation.colours.map((colour) => colour.name).join(', ')})` : '';
      const amount = operation.amount < 0.9 ? ', slight' : operation.amount > 1.2 ? ', strong' : '';
      return `${operation.effect}${amount}${colours}${describeArea(operation.area)}`;
    }
    case 'recolour':
      return `recolour to ${operation.colour.name}${describeArea(operation.area)}`;
    case 'rotate':
      return `rotate by ${operation.degrees}° clockwise`;
    case 'mirror':
      return operation.axis === 'horizontal' ? 'mirror left and right' : 'flip upside down';
    case 'crop':
      return `crop to ${operation.width}:${operation.height}`;
    case 'border':
      return `${operation.colour?.name ?? 'white'} border`;
    case 'enlarge':
      return `enlarge ${operation.factor}×`;
  }
}

function describeFill(fill: Fill): string {
  switch (fill.kind) {
    case 'colour':
      return `to ${fill.colour.name}`;
    case 'gradient':
      return fill.name === '' ? 'to a gradient' : `to a ${fill.name} gradient`;
    case 'studio':
      return `to a ${fill.colour.name} studio`;
    case 'blurred':
      return 'blurred';
    case 'transparent':
      return 'removed';
  }
}

function describeArea(area: Area): string {
  switch (area.kind) {
    case 'all':
      return '';
    case 'sky':
      return ' on the sky';
    case 'subject':
      return area.word === 'subject' ? ' on the subject' : ` on the subject ("${area.word}")`;
    case 'background':
      return ' on the background';
    case 'hue':
      return ` on what is ${area.colour.name}${area.within === 'all' ? '' : ` in the ${area.within}`}`;
  }
}
