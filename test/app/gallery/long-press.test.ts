import { expect, it } from 'vitest';
import { createLongPress } from '../../../app/gallery/long-press.ts';

/** A finger whose time the test turns on. */
function setUp() {
  const timers: (() => void)[] = [];
  const press = createLongPress((callback) => {
    timers.push(callback);
    return () => void timers.splice(timers.indexOf(callback) >>> 0, 1);
  });
  const held: string[] = [];
  const down = (name: string) => press.down({ x: 50, y: 50 }, () => void held.push(name));
  const wait = () => timers.splice(0).forEach((timer) => timer());
  return { press, held, down, wait };
}

it('a finger that rests on a picture chooses it, and its click is none', () => {
  const { press, held, down, wait } = setUp();
  down('a');
  press.move({ x: 54, y: 47 });
  wait();
  expect(held).toEqual(['a']);
  expect([press.takeHeld(), press.takeHeld()]).toEqual([true, false]);
});

it('a tap, a finger that moves on and one that scrolls choose nothing', () => {
  const { press, held, down, wait } = setUp();
  down('tap');
  press.end();
  down('moved');
  press.move({ x: 50, y: 70 });
  wait();
  expect(held).toEqual([]);
  expect(press.takeHeld()).toBe(false);
});

it('what was held before is forgotten when the finger comes down again', () => {
  const { press, down, wait } = setUp();
  down('a');
  wait();
  down('b');
  press.end();
  expect(press.takeHeld()).toBe(false);
});

it('where the browser tells of it as well, earlier or later, it is chosen once', () => {
  const early = setUp();
  early.down('a');
  expect(early.press.menu()).toBe(true);
  early.wait();
  const late = setUp();
  late.down('b');
  late.wait();
  expect(late.press.menu()).toBe(true);
  // Some tell of it only when the finger is lifted.
  const lifted = setUp();
  lifted.down('c');
  lifted.wait();
  lifted.press.end();
  expect(lifted.press.menu()).toBe(true);
  expect([early.held, late.held, lifted.held]).toEqual([['a'], ['b'], ['c']]);
  expect(setUp().press.menu()).toBe(false);
});
