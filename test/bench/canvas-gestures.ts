import { framesDuring } from './canvas-probes.ts';
import type { Surface } from './canvas-surfaces.ts';

const steps = 48;

/** Each makes its gesture with a real mouse and gives the frame times during it; throws when nothing came of it. */
export const gestures: readonly (readonly [title: string, gesture: (surface: Surface) => Promise<number[]>])[] = [
  ['dragging one card', drag],
  ['panning', pan],
  ['wheel zoom', zoom],
];

async function drag(surface: Surface): Promise<number[]> {
  const { x, y, place } = await surface.grip();
  const before = await place();
  const { frames, between } = await pull(surface, x, y, place);
  if (between === before) throw new Error(`${surface.name}: the card did not move`);
  return frames;
}

async function pan(surface: Surface): Promise<number[]> {
  const { x, y } = await surface.empty();
  const place = async () => JSON.stringify(await surface.view());
  const before = await place();
  const { frames, between } = await pull(surface, x, y, place);
  if (between === before) throw new Error(`${surface.name}: the view did not move`);
  return frames;
}

/** Pressed at a place, twice round in a widening circle and back, released. */
async function pull({ page }: Surface, x: number, y: number, place: () => Promise<string>) {
  const at = (step: number): [number, number] => {
    const share = step / steps;
    const radius = 200 * Math.sin(Math.PI * share);
    return [x + radius * Math.cos(4 * Math.PI * share), y + radius * Math.sin(4 * Math.PI * share)];
  };
  await page.mouse.move(x, y);
  await page.mouse.down();
  let between = '';
  const first = await framesDuring(page, async () => {
    for (let step = 1; step <= steps / 2; step++) await page.mouse.move(...at(step));
  });
  between = await place();
  const second = await framesDuring(page, async () => {
    for (let step = steps / 2; step <= steps; step++) await page.mouse.move(...at(step));
  });
  await page.mouse.up();
  return { frames: [...first, ...second], between };
}

/** In by ten turns and out again, three times. */
async function zoom({ name, page, view, wheel, empty }: Surface): Promise<number[]> {
  const { x, y } = await empty();
  await page.mouse.move(x, y);
  const before = await view();
  const frames: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    frames.push(
      ...(await framesDuring(page, async () => {
        for (let i = 0; i < 10; i++) await page.mouse.wheel(0, turn % 2 === 0 ? -wheel : wheel);
      })),
    );
    if (turn === 0 && (await view()).scale < before.scale * 1.2) throw new Error(`${name}: the view was not zoomed`);
  }
  return frames;
}
