import type { Environment } from './environment.ts';
import { createImageUrl } from './image-url.ts';
import { engineVersion } from './offline/engine.ts';
import type { PictureStore } from './pictures.ts';
import type { PublicFetch } from './public-fetch.ts';
import { createRemote } from './remote.ts';
import type { createResultAddresses } from './result-addresses.ts';
import { createResultFetch } from './result-bytes.ts';
import { isResultHost, mayHoldResults } from './result-hosts.ts';
import { model, type EditService } from './service-choice.ts';
import { maxPictureBytes } from './verify-picture.ts';
import { withoutEcho } from './without-echo.ts';

interface OfflineOptions {
  ownAddress: string;
  app: { fetch: (request: Request) => Response | Promise<Response> };
  now: () => number;
}

/** The built-in service, asked like the remote one but without a socket. */
export function offlineEdits({ ownAddress, app, now }: OfflineOptions): EditService {
  const send = async (request: Request) => app.fetch(request);
  return {
    id: `offline/${engineVersion}/${model}`,
    kind: 'offline',
    label: 'Built-in offline service',
    remote: createRemote({
      baseUrl: ownAddress,
      model,
      // Offline any token is good; a fixed one, so that requests are known again after a restart.
      token: () => 'editloom',
      send,
      fetchResult: createResultFetch({ send, maxBytes: maxPictureBytes }),
      now,
    }),
    imageUrl: async (sha256) => `${ownAddress}/api/pictures/${sha256}`,
  };
}

interface RemoteOptions {
  environment: Pick<Environment, 'resultHosts' | 'bucket'>;
  token: () => string | null;
  pictures: PictureStore;
  addresses: ReturnType<typeof createResultAddresses>;
  send: (request: Request) => Promise<Response>;
  fetchPublic: PublicFetch;
  now: () => number;
}

/** How the service at an address is made, each time the settings name another. */
export function remoteEdits({ environment, token, pictures, addresses, send, fetchPublic, now }: RemoteOptions) {
  const { resultHosts, bucket } = environment;
  return (baseUrl: string, id: string, label: string): EditService => ({
    id,
    kind: 'remote',
    label,
    remote: createRemote({
      baseUrl,
      model,
      token,
      send: withoutEcho(send, token),
      fetchResult: createResultFetch({
        send,
        maxBytes: maxPictureBytes,
        elsewhere: {
          ownOrigin: new URL(baseUrl).origin,
          fetchPublic,
          allowHost: (hostname) => isResultHost(hostname, resultHosts),
        },
      }),
      resultHosts,
      now,
    }),
    imageUrl: createImageUrl({
      pictures,
      resultAddress: (sha256) => addresses.find(id, sha256),
      bucket,
      mayHoldResults: (url) => mayHoldResults(url, baseUrl, resultHosts),
      send,
    }),
  });
}
