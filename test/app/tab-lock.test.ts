import { expect, it } from 'vitest';
import { givenLocks, ownLock, type Locks } from '../../app/tab-lock.ts';
import { fakeLocks } from '../support/fake-locks.ts';

it('locks are used where the browser gives them, and not where it has none or refuses them', async () => {
  const { locks, held } = fakeLocks();
  expect(await givenLocks(locks)).toBe(locks);
  expect(held()).toEqual([]);
  expect(await givenLocks(undefined)).toBeNull();
  const refusal = new DOMException('Access to the Locks API is denied.', 'SecurityError');
  expect(await givenLocks({ request: () => Promise.reject(refusal) } as Locks)).toBeNull();
});

it('where nothing can be kept each tab writes for itself, at once', async () => {
  const nothing = () => undefined;
  expect(await ownLock.hold('if-free', nothing)).toBeInstanceOf(Function);
  expect(await ownLock.hold('if-free', nothing)).toBeInstanceOf(Function);
  // A tab that another one took the saving from does not take it back by itself.
  const waited = ownLock.hold('wait', nothing).then(() => 'given');
  expect(await Promise.race([waited, Promise.resolve('waits')])).toBe('waits');
});
