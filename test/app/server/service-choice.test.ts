import { expect, it } from 'vitest';
import { createServiceChoice, type EditService } from '../../../app/server/service-choice.ts';
import { defaultSettings } from '../../../app/server/settings.ts';

type Price = { dollars: number; unit: string; isPerPicture: boolean } | null;

/** A remote service whose catalogue answers when the test says so. */
function setUp() {
  const asked: { tell: (price: Price) => void; fail: () => void }[] = [];
  let time = 0;
  const service = (kind: EditService['kind']): EditService => ({
    id: kind,
    kind,
    label: kind,
    remote: {
      price: () =>
        new Promise<Price>((resolve, reject) =>
          asked.push({ tell: resolve, fail: () => reject(new Error('It does not answer.')) }),
        ),
    } as unknown as EditService['remote'],
    imageUrl: async () => '',
  });
  const services = createServiceChoice({
    settings: () => ({ ...defaultSettings, service: 'remote' }),
    hasToken: () => true,
    offline: service('offline'),
    createRemoteService: () => service('remote'),
    outputsFolder: '/',
    now: () => time,
  });
  return { services, asked, pass: (ms: number) => void (time += ms) };
}

const perPicture = (dollars: number) => ({ dollars, unit: 'image', isPerPicture: true });
const soon = () => new Promise((resolve) => setImmediate(resolve));
const minute = 60_000;

it('the first price is waited for, and asked for once, whoever asks', async () => {
  const { services, asked } = setUp();
  const infos = [services.info(), services.info()];
  await soon();
  expect(asked).toHaveLength(1);
  asked[0]!.tell(perPicture(0.05));
  expect((await Promise.all(infos)).map(({ price }) => price)).toEqual([0.05, 0.05]);
});

/** A catalogue that has told this price once. */
async function setUpWith(dollars: number) {
  const world = setUp();
  const first = world.services.info();
  world.asked[0]!.tell(perPicture(dollars));
  await first;
  return world;
}

it('a price that was told within the last minute holds at once, while the catalogue is asked anew', async () => {
  const { services, asked, pass } = await setUpWith(0.05);
  pass(0.7 * minute);
  expect((await services.info()).price).toBe(0.05);
  expect(asked).toHaveLength(2);
  // It does not answer, and nobody waits for it.
  expect((await services.info()).price).toBe(0.05);
  expect(asked).toHaveLength(2);
  asked[1]!.tell(perPicture(0.08));
  await soon();
  expect((await services.info()).price).toBe(0.08);
});

it('[M11] an older price is not reckoned with before the catalogue was asked', async () => {
  const { services, asked, pass } = await setUpWith(0.05);
  pass(1.1 * minute);
  const later = services.info();
  asked[1]!.tell(perPicture(0.08));
  expect((await later).price).toBe(0.08);
});

it('[M11] a catalogue that cannot be had any more has a price for ten minutes, however often it is asked', async () => {
  const { services, asked, pass } = await setUpWith(0.05);
  const told: (number | null)[] = [];
  for (let i = 1; i <= 12; i++) {
    pass(minute);
    const info = services.info();
    asked[i]!.fail();
    told.push((await info).price);
  }
  expect(told).toEqual([...Array(9).fill(0.05), null, null, null]);
});

it('where the catalogue does not answer, the price is not known, and the next ones do not wait for it again', async () => {
  const { services, asked, pass } = setUp();
  const first = services.info();
  asked[0]!.fail();
  expect((await first).price).toBeNull();
  pass(minute / 3);
  expect((await services.info()).price).toBeNull();
  expect(asked).toHaveLength(1);
});

it('a price that could not be had is known as soon as the catalogue may be asked again, and tells it', async () => {
  const { services, asked, pass } = setUp();
  const first = services.info();
  asked[0]!.fail();
  await first;
  pass(0.6 * minute);
  const second = services.info();
  asked[1]!.tell(perPicture(0.05));
  expect((await second).price).toBe(0.05);
});
