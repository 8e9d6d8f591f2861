import type { ServiceInfo, Settings } from '../settings-wire.ts';
import type { CataloguePrice } from './remote-reply.ts';
import type { Remote } from './remote.ts';

export const model = 'stepfun-ai/stepx-edit2';

/** An edit service that jobs can be sent to. */
export interface EditService {
  /** Part of every key, so a picture of one service never stands in for one of another. */
  id: string;
  kind: 'offline' | 'remote';
  label: string;
  remote: Remote;
  imageUrl: (sha256: string, signal: AbortSignal) => Promise<string>;
}

export interface ServiceChoice {
  /** The one that new jobs go to. */
  current: () => EditService;
  /** All that can be asked now, also for older jobs: changing the settings abandons no paid job. */
  all: () => EditService[];
  info: () => Promise<ServiceInfo>;
  /** US dollars an edit costs at the service of this id; null where it cannot be had. */
  price: (service: string) => Promise<number | null>;
}

interface ServiceChoiceOptions {
  settings: () => Settings;
  hasToken: () => boolean;
  offline: EditService;
  /** The remote service at an address; asked again only when the address has changed. */
  createRemoteService: (baseUrl: string, id: string, label: string) => EditService;
  outputsFolder: string;
  now: () => number;
}

/** The catalogue is not asked more often. */
const priceLifeMs = 30_000;
/** So long nobody waits for the catalogue to tell a price anew. */
const priceHoldsMs = 60_000;
/** So long a price is reckoned with while the catalogue cannot be had. */
const priceLastsMs = 10 * 60_000;

export function createServiceChoice(options: ServiceChoiceOptions): ServiceChoice {
  const { settings, hasToken, offline, createRemoteService, outputsFolder, now } = options;
  let known: { baseUrl: string; service: EditService } | null = null;
  const prices = new Map<string, { price: CataloguePrice | null; readAt: number; askedAt: number }>();
  const asking = new Map<string, Promise<CataloguePrice | null>>();

  function remoteService(): EditService {
    const { baseUrl } = settings();
    if (known?.baseUrl !== baseUrl) {
      const { host } = new URL(baseUrl);
      const label = host.endsWith('.runcomfy.net') ? 'RunComfy' : host;
      known = { baseUrl, service: createRemoteService(baseUrl, `${host}/${model}`, label) };
    }
    return known.service;
  }

  function current(): EditService {
    const { service } = settings();
    return service === 'remote' || (service === 'auto' && hasToken()) ? remoteService() : offline;
  }

  const all = (): EditService[] => (hasToken() || current() !== offline ? [offline, remoteService()] : [offline]);

  /** The catalogue's price; null where it can't be had, which is shown as "not known" and never as 0. */
  async function priceOf(service: EditService): Promise<CataloguePrice | null> {
    if (service.kind === 'offline') return { dollars: 0, unit: 'image', isPerPicture: true };
    if (!hasToken()) return null;
    const last = prices.get(service.id);
    if (last && isWithin(priceLifeMs, last.askedAt)) return lastPrice(service);
    const asked = asking.get(service.id) ?? askPrice(service);
    return last?.price && isWithin(priceHoldsMs, last.readAt) ? last.price : asked;
  }

  const isWithin = (ms: number, at: number): boolean => Math.abs(now() - at) < ms;

  function lastPrice({ id }: EditService): CataloguePrice | null {
    const last = prices.get(id);
    return last && isWithin(priceLastsMs, last.readAt) ? last.price : null;
  }

  function askPrice(service: EditService): Promise<CataloguePrice | null> {
    const { id, remote } = service;
    const asked = remote
      .price(AbortSignal.timeout(5_000))
      .then(
        (price) => prices.set(id, { price, readAt: now(), askedAt: now() }),
        () => prices.set(id, { price: null, readAt: now(), ...prices.get(id), askedAt: now() }),
      )
      .then(() => {
        asking.delete(id);
        return lastPrice(service);
      });
    asking.set(id, asked);
    return asked;
  }

  return {
    current,
    all,
    async info() {
      const service = current();
      const { id, kind, label } = service;
      const price = await priceOf(service);
      return {
        id,
        kind,
        label,
        model,
        price: price?.isPerPicture ? price.dollars : null,
        ...(price && !price.isPerPicture && { otherPrice: { dollars: price.dollars, unit: price.unit } }),
        outputsFolder,
      };
    },
    async price(id) {
      const service = all().find((one) => one.id === id);
      const price = service ? await priceOf(service) : null;
      return price?.isPerPicture ? price.dollars : null;
    },
  };
}
