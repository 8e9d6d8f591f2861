import { join } from 'node:path';
import type { Hono } from 'hono';
import { createAccess } from './access/access.ts';
import { createApp } from './app.ts';
import { createDayBudget, keepBudget } from './costs/day-budget.ts';
import { createSpending } from './costs/spending.ts';
import { openFolders } from './data-folders.ts';
import { lockDataFolder } from './data-lock.ts';
import type { Environment } from './environment.ts';
import { openBooks } from './durable/open-books.ts';
import { openReserveIds } from './durable/reserve-ids.ts';
import { openReserve } from './durable/reserve.ts';
import { openSetAside } from './durable/set-aside.ts';
import { createExports } from './exports/exports.ts';
import { createEngine, type Engine } from './offline/engine.ts';
import { createGallery } from './gallery/gallery.ts';
import { galleryFile } from './gallery/index-file.ts';
import { createGraphStore } from './graph-store.ts';
import { openFolder } from './open-folder.ts';
import { openServices } from './open-services.ts';
import { createOutputs } from './outputs.ts';
import { createPictureStore } from './pictures.ts';
import { fetchPublic, type PublicFetch } from './public-fetch.ts';
import { createSamples } from './samples.ts';
import { createServiceJobs } from './service-jobs.ts';
import { model } from './service-choice.ts';
import { createStorage } from './storage.ts';
import { defaultSettings, openSettings } from './settings.ts';
import { openToken } from './token.ts';
import { createStorageTrouble } from './watch/health.ts';
import { logJobs } from './watch/log-jobs.ts';
import { openLog } from './watch/log.ts';
import { createBugTeller } from './watch/tell-bug.ts';
import { version } from '../../package.json';

export interface ServerOptions {
  environment: Environment;
  /** The folder with the photographs of app/samples. */
  samplesFolder: string;
  pageFolder: string | null;
  /** Our own port; null where something else listens for us. */
  port: number | null;
  now?: () => number;
  onBug?: (error: unknown) => void;
  /** The way to the remote edit service and its storage. */
  send?: (request: Request) => Promise<Response>;
  fetchPublic?: PublicFetch;
  engine?: Engine;
}

export interface OpenServer {
  app: Hono;
  /** What the user should hear at start. */
  warnings: string[];
  serviceLabel: () => string;
  /** For faults that nobody else hears of: the log and the console. */
  onBug: (error: unknown) => void;
  /** Stops the work and gives the data folder back. Unfinished jobs go on at the next start. */
  close: () => Promise<void>;
}

/** Opens the data folder and puts all parts of the server together. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const { environment, samplesFolder, pageFolder, port, now = Date.now } = options;
  const { dataFolder, outputsFolder } = environment;
  const send = options.send ?? ((request) => fetch(request));
  const publicFetch = options.fetchPublic ?? fetchPublic;
  const unlock = lockDataFolder(dataFolder);
  let revealToken = (): string | null => environment.token;
  const log = openLog({
    folder: dataFolder,
    level: environment.logLevel,
    secrets: () => [revealToken(), environment.bucket?.secretKey, environment.access?.password],
    outputsFolder,
    now,
  });
  const tellBug = options.onBug ?? createBugTeller(console.error, now);
  const storageTrouble = createStorageTrouble(now);
  const onBug = (error: unknown): void => {
    storageTrouble.note(error);
    log.bug(error);
    tellBug(error);
  };
  // Where Vite listens for us, the address only has to be one that nobody else is asked at.
  const ownAddress = `http://127.0.0.1:${port ?? environment.port}`;

  try {
    const { picturesFolder, graphsFolder } = await openFolders({ dataFolder, outputsFolder });
    const pictures = createPictureStore(picturesFolder);
    const setAside = openSetAside(dataFolder, now);
    const settings = await openSettings({
      file: join(dataFolder, 'settings.json'),
      defaults: { ...defaultSettings, baseUrl: environment.baseUrl, offlineDelay: environment.offlineDelay },
      now: () => new Date(now()),
      onSetAside: setAside.add,
    });
    const token = await openToken({
      file: join(dataFolder, 'token'),
      fromEnvironment: environment.token,
      now: () => new Date(now()),
      onSetAside: setAside.add,
    });
    revealToken = token.revealForRequest;
    const books = openBooks({ dataFolder, setAside, now, onBug });
    const { book, outputBook } = books;
    const engine = options.engine ?? createEngine();
    const { offlineService, addresses, services } = openServices({
      environment,
      engine,
      ownAddress,
      settings: settings.get,
      token,
      pictures,
      requestsOptions: books.requestsOptions,
      send,
      fetchPublic: publicFetch,
      now,
      onBug,
    });
    const exports = createExports({ pictures, secret: token.revealForRequest, now: () => new Date(now()) });
    const outputs = createOutputs({
      folder: outputsFolder,
      book: outputBook,
      pictures,
      secret: token.revealForRequest,
      now: () => new Date(now()),
    });
    const spending = createSpending({ book, timeZone: () => settings.get().timeZone });
    const budget = createDayBudget({ spending, budget: () => settings.get().dayBudget, price: services.price, now });
    const jobs = createServiceJobs({
      book,
      services,
      pictures,
      model,
      inFlight: () => settings.get().inFlight,
      now,
      onBug,
      budget,
      reserve: openReserve({ file: join(dataFolder, 'reserve'), now }),
      ids: openReserveIds(join(dataFolder, 'reserve-ids')),
    });

    // Templates name them by their bytes, so they have to be there when the page asks for the first picture.
    const samples = createSamples(samplesFolder, pictures);
    await samples().catch(onBug);

    const gallery = createGallery({
      file: galleryFile(dataFolder),
      book,
      pictures,
      subscribe: jobs.subscribe,
      onBug,
    });
    const storage = createStorage({
      dataFolder,
      outputsFolder,
      book,
      outputBook,
      pictures,
      samples,
      jobs,
      subscribe: jobs.subscribe,
      canAsk: (service) => services.all().some(({ id }) => id === service),
      onMoved: () => void gallery.lookAgain().catch(onBug),
      now,
      onBug,
    });
    // What is wanted again and lies in the trash needs nobody to be asked.
    const fetchMissing: typeof jobs.fetchMissing = async (key) => {
      const job = jobs.get(key);
      if (job?.status === 'done') await storage.bringBack(job.artifacts.map(({ sha256 }) => sha256));
      return jobs.fetchMissing(key);
    };

    const app = createApp({
      port,
      settings,
      token,
      services,
      pictures,
      outputs,
      exports,
      storage,
      graphs: createGraphStore(graphsFolder),
      gallery,
      jobs: keepBudget({ ...jobs, fetchMissing }, budget),
      spending,
      onChange: jobs.wake,
      feed: { subscribe: jobs.subscribe, page: book.page, latestSeq: book.latestSeq },
      samples,
      offline: offlineService.app,
      fetchPublic: publicFetch,
      openFolder,
      pageFolder,
      startedAt: now(),
      now,
      onBug,
      setAside,
      log,
      storageTrouble,
      dataFolder,
      jobCounts: book.counts,
      access: environment.access && {
        names: environment.access.names,
        proxy: environment.access.proxy,
        ...(await createAccess({ ...environment.access, port, now })),
      },
    });
    jobs.subscribe(addresses.remember);
    jobs.subscribe(logJobs(log.logger));
    log.logger.info({ version, node: process.version, system: process.platform, jobs: book.counts() }, 'start');
    for (const { what, message } of setAside.list()) log.logger.warn({ what, message }, 'set aside');
    jobs.start();

    return {
      app,
      warnings: setAside.list().map(({ message }) => message),
      serviceLabel: () => services.current().label,
      onBug,
      async close() {
        storage.close();
        gallery.close();
        await jobs.close();
        await offlineService.close();
        await engine.close();
        books.close();
        log.logger.info('stop');
        log.close();
        unlock();
      },
    };
  } catch (error) {
    log.bug(error);
    log.close();
    unlock();
    throw error;
  }
}
