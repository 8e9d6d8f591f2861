import { join } from 'node:path';
import type { OpenBookOptions } from './durable/open-book.ts';
import { offlineEdits, remoteEdits } from './edit-services.ts';
import type { Environment } from './environment.ts';
import type { Engine } from './offline/engine.ts';
import { createOfflineService } from './offline/service.ts';
import type { PictureStore } from './pictures.ts';
import type { PublicFetch } from './public-fetch.ts';
import { createResultAddresses } from './result-addresses.ts';
import { createServiceChoice } from './service-choice.ts';
import type { Settings } from '../settings-wire.ts';
import type { TokenStore } from './token.ts';

interface ServicesOptions {
  environment: Environment;
  engine: Engine;
  ownAddress: string;
  settings: () => Settings;
  token: TokenStore;
  pictures: PictureStore;
  requestsOptions: OpenBookOptions;
  send: (request: Request) => Promise<Response>;
  fetchPublic: PublicFetch;
  now: () => number;
  onBug: (error: unknown) => void;
}

/** The built-in edit service and the way to the remote one, and which of them is in use. */
export function openServices(options: ServicesOptions) {
  const { environment, engine, ownAddress, settings, token, pictures, send, fetchPublic, now, onBug } = options;
  const { dataFolder, outputsFolder } = environment;
  const offlineService = createOfflineService({
    folder: join(dataFolder, 'offline'),
    origin: () => ownAddress,
    engine,
    readPicture: pictures.read,
    delay: () => settings().offlineDelay,
    fetchPublic,
    now,
    onBug,
    bookOptions: options.requestsOptions,
  });
  const addresses = createResultAddresses(now);
  const services = createServiceChoice({
    settings,
    hasToken: () => token.state().present,
    offline: offlineEdits({ ownAddress, app: offlineService.app, now }),
    createRemoteService: remoteEdits({
      environment,
      token: token.revealForRequest,
      pictures,
      addresses,
      send,
      fetchPublic,
      now,
    }),
    outputsFolder,
    now,
  });
  return { offlineService, addresses, services };
}
