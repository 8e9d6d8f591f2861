import { describe, expect, it } from 'vitest';
import { createStorageWatch, warningsOf } from '../../app/storage-watch.ts';

const calm = { room: { free: 50e9, needed: 8e6, warning: null }, usage: 1e6, quota: 10e9, persisted: true };
const low = {
  free: 300e6,
  needed: 8e6,
  warning: 'The disk is nearly full: only 300 MB are free. Free some space soon.',
};

describe('before room runs out', () => {
  it.each([
    ['nothing is said while there is enough', calm, []],
    ['a disk that is nearly full is told in the server’s words', { ...calm, room: low }, ['disk']],
    ['a browser that is nearly full is told before it refuses', { ...calm, usage: 8.1e9 }, ['quota']],
    [
      'a browser without a promise may clear drafts when the disk is full',
      { ...calm, room: low, persisted: false },
      ['disk', 'eviction'],
    ],
    ['without a promise alone nothing is said', { ...calm, persisted: false }, []],
    ['a browser that tells nothing is not guessed at', { room: null, usage: null, quota: null, persisted: null }, []],
  ] as const)('%s', (_, seen, kinds) => {
    expect(warningsOf(seen).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('says how full the browser is', () => {
    expect(warningsOf({ ...calm, usage: 9e9 })[0]?.text).toMatch(
      /fill 90 % of what this browser allows \(9 GB of 10 GB\)/,
    );
  });
});

describe('the watch', () => {
  function world(persisted: boolean) {
    const said: string[] = [];
    const asked: number[] = [];
    let asks = 0;
    const look = createStorageWatch({
      room: (edits) => {
        asked.push(edits);
        return Promise.resolve(low);
      },
      estimate: () => Promise.resolve({ usage: 1, quota: 100 }),
      isPersisted: () => Promise.resolve(persisted),
      askToPersist: () => Promise.resolve(++asks > 0),
      tell: (text) => said.push(text),
    });
    return { look, said, asked, asks: () => asks };
  }

  it('asks for lasting storage once, when a run has begun', async () => {
    const { look, asks } = world(false);
    await look(0, { mayAsk: false });
    expect(asks()).toBe(0);
    await look(3, { mayAsk: true });
    await look(3, { mayAsk: true });
    expect(asks()).toBe(1);
  });

  it('asks nothing of a browser that has promised it', async () => {
    const { look, asks } = world(true);
    await look(3, { mayAsk: true });
    expect(asks()).toBe(0);
  });

  it('asks the server about the run that begins and tells each warning once', async () => {
    const { look, said, asked } = world(true);
    await look(3, { mayAsk: true });
    await look(7, { mayAsk: true });
    expect([asked, said]).toEqual([[3, 7], [low.warning]]);
  });

  it('is calm while the server does not answer', async () => {
    const said: string[] = [];
    const look = createStorageWatch({
      room: () => Promise.reject(new Error('no server')),
      estimate: () => Promise.resolve({ usage: null, quota: null }),
      isPersisted: () => Promise.resolve(null),
      askToPersist: () => Promise.resolve(null),
      tell: (text) => said.push(text),
    });
    await look(3, { mayAsk: true });
    expect(said).toEqual([]);
  });
});
