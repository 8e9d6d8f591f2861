import { expect, it } from 'vitest';
import { layoutOf, usualChoice } from '../../../app/grid/grid-layout.ts';
import { headerFaces, headerSizes } from '../../../app/grid/header-faces.ts';
import type { Axis } from '../../../graphs/axes.ts';

const axis = (title: string, ...values: unknown[]): Axis => ({
  id: title,
  length: values.length,
  members: [{ node: title, title, values }],
});

function leftOf(axes: readonly Axis[], width: number): number {
  const layout = layoutOf(axes, usualChoice(axes));
  return headerSizes(layout, headerFaces(layout), width, 140).left;
}

it('the headers at the left have room for the names of both axes above them, as far as the cells leave it', () => {
  const switches = axis('Switch', false, true);
  const formats = axis('Format', 'jpeg', 'png');
  const long = axis('Every format that there is', 'jpeg', 'png');
  expect(leftOf([switches, formats], 540)).toBe(84);
  expect(leftOf([switches, long], 540)).toBeGreaterThanOrEqual(170);
  expect(leftOf([long, switches], 540)).toBe(leftOf([switches, long], 540));
  expect(leftOf([switches, long], 300)).toBe(102);
  // A single axis has its name elsewhere.
  expect(leftOf([long], 540)).toBe(0);
});
