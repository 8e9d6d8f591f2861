import { describe, expect, it } from 'vitest';
import { createPictureQueue } from '../../../app/grid/picture-queue.ts';

/** Frames and time that pass by hand. */
function startQueue() {
  let time = 0;
  let next: (() => void) | null = null;
  const begun: string[] = [];
  const queue = createPictureQueue({ now: () => time, onFrame: (callback) => void (next = callback) });
  return {
    begun,
    moved: () => queue.moved(),
    ask: (...names: string[]) => names.map((name) => queue.ask(() => void begun.push(name))),
    pass: (ms: number) => void (time += ms),
    /** False where no frame was wanted. */
    frame: (): boolean => {
      const work = next;
      next = null;
      work?.();
      return work !== null;
    },
  };
}

const names = (count: number, word = 'cell'): string[] => Array.from({ length: count }, (_, i) => `${word} ${i}`);

describe('the pictures of a grid', () => {
  it('begin in the order of the cells, many in a frame while the grid rests', () => {
    const { ask, frame, begun } = startQueue();
    ask(...names(60));
    frame();
    expect(begun).toEqual(names(48));
    frame();
    expect(begun).toEqual(names(60));
    expect(frame()).toBe(false);
  });

  it('begin a few at a time while the grid moves, and the rest of them when it rests', () => {
    const { ask, frame, begun, moved, pass } = startQueue();
    ask(...names(40));
    moved();
    frame();
    expect(begun).toEqual(names(4));
    pass(200);
    frame();
    expect(begun).toEqual(names(40));
  });

  it('begin with what came into view last', () => {
    const { ask, frame, begun, moved } = startQueue();
    moved();
    ask(...names(6, 'above'));
    frame();
    ask(...names(3, 'below'));
    frame();
    expect(begun).toEqual([...names(4, 'above'), ...names(3, 'below'), 'above 4']);
  });

  it('never begin once they left the view', () => {
    const { ask, frame, begun } = startQueue();
    const [first, second] = ask('first', 'second', 'third');
    first!();
    frame();
    second!();
    expect(begun).toEqual(['second', 'third']);
    expect(frame()).toBe(false);
  });
});
