import type { Operation } from './operation.ts';
import { number, type Words } from './words.ts';

/** Turning, mirroring, cropping, framing, enlarging. */
export function* geometry(words: Words): Generator<Operation> {
  if (words.takeVerb('crop') || (words.has('ratio') && !words.hasVerb('rotate'))) {
    const ratio = words.take('ratio');
    if (ratio && ratio.width / ratio.height <= 10 && ratio.height / ratio.width <= 10) {
      yield { type: 'crop', width: ratio.width, height: ratio.height };
    }
  }
  if (words.takeVerb('mirror')) {
    const upright = words.take('direction', ({ direction }) => direction === 'vertical' || direction === 'half');
    words.take('direction', ({ direction }) => direction === 'horizontal');
    yield { type: 'mirror', axis: upright ? 'vertical' : 'horizontal' };
  }
  const turns = words.takeVerb('rotate') || words.verbText('make').startsWith('turn');
  const half = words.has('direction', ({ direction }) => direction === 'half');
  if (
    words.has('unit', ({ unit }) => unit === 'degrees') ||
    half ||
    (turns && words.has('direction')) ||
    words.has('verb', ({ verb }) => verb === 'rotate')
  ) {
    const usual = words.take('amount', ({ factor }) => factor < 1) ? 5 : 90;
    const degrees = number(words, 'degrees') ?? words.take('number')?.value ?? usual;
    if (words.take('direction', ({ direction }) => direction === 'half')) yield { type: 'rotate', degrees: 180 };
    else {
      const left = words.take('direction', ({ direction }) => direction === 'left');
      words.take('direction', ({ direction }) => direction === 'right');
      yield { type: 'rotate', degrees: ((left ? -degrees : degrees) % 360) + 0 };
    }
  }
  if (words.hasVerb('border') && !words.hasVerb('remove')) {
    words.takeVerb('border');
    const pixels = number(words, 'pixels');
    const percent = pixels === null ? number(words, 'percent') : null;
    const said = words.takeAll('amount').reduce((factor, amount) => factor * amount.factor, 1);
    const share = percent === null ? (said === 1 ? null : 0.05 * said) : percent / 100;
    yield { type: 'border', colour: words.take('colour')?.colour ?? null, share, pixels };
  }
  if (words.takeVerb('enlarge')) {
    const percent = number(words, 'percent');
    const factor = percent ? percent / 100 : (number(words, 'times') ?? words.take('number')?.value ?? 2);
    words.take('unit', ({ unit }) => unit === 'times');
    yield { type: 'enlarge', factor: Math.min(4, Math.max(1.1, factor)) };
  }
}
