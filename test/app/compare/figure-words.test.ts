import { describe, expect, it } from 'vitest';
import { figureRows, scaleWords, sizeWords } from '../../../app/compare/figure-words.ts';
import { spanOf } from '../../../app/compare/span.ts';

const figure = { changed: 0.25, mean: 6.67, largest: 80, similarity: 0.98765 };
const texts = (more: Partial<typeof figure> | { similarity: null }) =>
  figureRows({ ...figure, ...more }).map(({ text }) => text);

describe('the figure in words', () => {
  it('is short', () => {
    expect(texts({})).toEqual(['25.0 %', '6.7', '0.988']);
  });

  it('says nothing is changed, or all is, only where that is so', () => {
    expect(texts({ changed: 0 })[0]).toBe('0.0 %');
    expect(texts({ changed: 0.00002 })[0]).toBe('< 0.1 %');
    expect(texts({ changed: 0.99999 })[0]).toBe('> 99.9 %');
    expect(texts({ changed: 1 })[0]).toBe('100.0 %');
  });

  it('has no similarity for tiny pictures', () => {
    expect(texts({ similarity: null })[2]).toBe('–');
  });
});

describe('sizes that differ are told', () => {
  const a = { letter: 'A', picture: { width: 600, height: 400 } };
  const b = { letter: 'B', picture: { width: 646, height: 446 } };

  it('in a sentence beside the figure, and beside the name', () => {
    expect(scaleWords(a, b)).toEqual(['B has 646 × 446 pixels and is scaled to the size of A, 600 × 400.']);
    expect(sizeWords(a.picture, b.picture)).toBe('646 × 446, scaled to 600 × 400');
  });

  it('and so is a smaller size that they were compared at', () => {
    expect(scaleWords(a, { ...a, letter: 'B' }, { width: 300, height: 200 })).toEqual(['Compared at 300 × 200.']);
  });

  it('but nothing is said where nothing was done', () => {
    expect(scaleWords(a, { ...a, letter: 'B' })).toEqual([]);
    expect(sizeWords(a.picture, a.picture)).toBeNull();
  });
});

describe('the divider runs over what is to be seen of the picture', () => {
  const stage = { width: 1000, height: 600 };
  const picture = { width: 400, height: 300 };

  it('from edge to edge of a picture that fits', () => {
    expect(spanOf('x', picture, { zoom: 1, x: 0, y: 0 }, stage)).toEqual({ start: 300, end: 700 });
    expect(spanOf('y', picture, { zoom: 1, x: 0, y: 0 }, stage)).toEqual({ start: 150, end: 450 });
  });

  it('from edge to edge of the stage where the picture is larger, and never backwards', () => {
    expect(spanOf('x', picture, { zoom: 4, x: 100, y: 0 }, stage)).toEqual({ start: 0, end: 1000 });
    expect(spanOf('x', picture, { zoom: 4, x: -800, y: 0 }, stage)).toEqual({ start: 0, end: 500 });
    expect(spanOf('x', picture, { zoom: 1, x: -900, y: 0 }, stage)).toEqual({ start: 0, end: 0 });
  });
});
