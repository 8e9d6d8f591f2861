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

it('a price that was told some minutes ago holds at once, while the catalogue is asked anew', async () => {
  const { services, asked, pass } = setUp();
  const first = services.info();
  asked[0]!.tell(perPicture(0.05));
  await first;
  pass(minute);
  expect((await services.info()).price).toBe(0.05);
  expect(asked).toHaveLength(2);
  // It does not answer, and nobody waits for it.
  expect((await services.info()).price).toBe(0.05);
  expect(asked).toHaveLength(2);
  asked[1]!.tell(perPicture(0.08));
  await soon();
  expect((await services.info()).price).toBe(0.08);
});

it('a price of long ago is not reckoned with before the catalogue was asked', async () => {
  const { services, asked, pass } = setUp();
  const first = services.info();
  asked[0]!.tell(perPicture(0.05));
  await first;
  pass(11 * minute);
  const later = services.info();
  asked[1]!.tell(perPicture(0.08));
  expect((await later).price).toBe(0.08);
});

it('where the catalogue does not answer, the price is not known, and the next ones do not wait for it again', async () => {
  const { services, asked, pass } = setUp();
  const first = services.info();
  asked[0]!.fail();
  expect((await first).price).toBeNull();
  pass(minute);
  expect((await services.info()).price).toBeNull();
  asked[1]!.tell(perPicture(0.05));
  await soon();
  expect((await services.info()).price).toBe(0.05);
});
