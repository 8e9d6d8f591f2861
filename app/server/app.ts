import { Hono } from 'hono';
import { z } from 'zod';
import { version } from '../../package.json';
import type { SettingsReply } from '../settings-wire.ts';
import { keySchema, type Sample } from '../wire.ts';
import type { Access } from './access/access.ts';
import { clientAddress } from './access/client-address.ts';
import { answerErrors } from './answer-errors.ts';
import { costRoutes } from './costs/cost-routes.ts';
import type { Spending } from './costs/spending.ts';
import { gateJobs } from './durable/money-gate.ts';
import { setAsideRoutes } from './durable/set-aside-routes.ts';
import type { SetAsideList } from './durable/set-aside.ts';
import { answerEvents, type JobFeed } from './events.ts';
import { galleryRoutes } from './gallery/gallery-routes.ts';
import type { Gallery } from './gallery/gallery.ts';
import { graphRoutes } from './graph-routes.ts';
import type { GraphStore } from './graph-store.ts';
import { exportRoutes, sheetOutputRoute } from './exports/export-routes.ts';
import type { Exports } from './exports/exports.ts';
import { guard } from './guard.ts';
import { limitBody, parseBody, refusal } from './http-error.ts';
import { limitRate, limitStreams } from './limits.ts';
import { jobRoutes, lookupRoute, ratingRoutes, type JobService } from './job-routes.ts';
import { outputRoutes } from './output-routes.ts';
import type { Outputs } from './outputs.ts';
import { pictureRoutes } from './picture-routes.ts';
import type { PictureStore } from './pictures.ts';
import type { PublicFetch } from './public-fetch.ts';
import type { ServiceChoice } from './service-choice.ts';
import type { SettingsStore } from './settings.ts';
import { answerLogin, answerStatic } from './static-files.ts';
import { storageRoutes } from './storage-routes.ts';
import type { Storage } from './storage.ts';
import type { TokenStore } from './token.ts';
import type { JobBook } from './job-book.ts';
import { createHealth, type StorageTrouble } from './watch/health.ts';
import type { Log } from './watch/log.ts';
import { logRequests } from './watch/log-requests.ts';
import { createReport } from './watch/report.ts';

export interface AppOptions {
  /** Our own port; null where something else listens for us. */
  port: number | null;
  settings: SettingsStore;
  token: TokenStore;
  services: ServiceChoice;
  pictures: PictureStore;
  outputs: Outputs;
  exports: Exports;
  storage: Storage;
  graphs: GraphStore;
  gallery: Gallery;
  jobs: JobService;
  spending: Spending;
  /** Settings or token have changed: jobs that waited for that go on. */
  onChange: () => void;
  feed: JobFeed;
  samples: () => Promise<Sample[]>;
  /** The built-in edit service: /v1/* and /offline-storage/*. */
  offline: { fetch: (request: Request) => Response | Promise<Response> };
  fetchPublic: PublicFetch;
  openFolder: (folder: string) => Promise<void>;
  /** The built page; null in development, where Vite serves it. */
  pageFolder: string | null;
  startedAt: number;
  now: () => number;
  onBug: (error: unknown) => void;
  setAside: SetAsideList;
  log: Log;
  storageTrouble: StorageTrouble;
  dataFolder: string;
  jobCounts: JobBook['counts'];
  /** The door and the names beyond this machine; null = nobody beyond it may ask. */
  access: (Access & { names: readonly string[]; proxy: boolean }) | null;
}

/** Event streams at once: one for each open page. */
const mostStreams = 64;

/**
 * All that the server answers:
 *
 *     POST, DELETE /api/session               log in and out, where a password is set; else nothing is there
 *     GET, PUT     /api/settings              settings, the service in use, whether there is a token
 *     PUT, DELETE  /api/token
 *     GET          /api/service
 *     POST         /api/pictures              the file as body, its name percent-encoded in X-File-Name
 *     POST         /api/pictures/from-url
 *     GET          /api/pictures/<sha256>     whole, or ?size=small | large
 *     GET          /api/samples
 *     POST         /api/lookup
 *     GET          /api/jobs?status=unknown
 *     GET, PUT, DELETE  /api/jobs/<key>
 *     POST         /api/jobs/<key>/look       follow a request on, or one that the user found for this job
 *     POST         /api/jobs/settle           jobs whose answer was lost: count them as lost, or forget them
 *     PUT          /api/ratings/<key>         0 to 5
 *     POST         /api/gallery, …/facets, …/names, …/zip   all pictures ever made: see gallery-routes.ts
 *     POST         /api/costs                 what today and a graph have cost
 *     GET, PUT     /api/graphs/<sha256>       graphs that pictures were made by
 *     GET          /api/events                server-sent events
 *     POST         /api/outputs, /api/outputs/copy, /api/outputs/zip, /api/outputs/open
 *     POST         /api/outputs/sheet         the sheet of a node that writes one
 *     GET          /api/outputs/<file>        ?download to save it
 *     POST         /api/exports, GET /api/exports/<id>   contact sheets, pages and zips; see exports/export-routes.ts
 *     GET, POST    /api/storage/*             see storage-routes.ts
 *     GET          /api/set-aside             what could not be read; POST /<id>/seen, GET /files/<name>
 *     GET          /api/health                how the server is; nothing secret
 *     GET          /api/report?key=           for whoever is to help: the same, the log's end, and one job's life
 *     any          /v1/*, /offline-storage/*  the offline edit service
 *     GET          everything else            the page
 */
export function createApp(options: AppOptions): Hono {
  const { settings, token, services, pictures, outputs, jobs, feed, samples, offline, pageFolder, onBug, access } =
    options;
  const app = new Hono();

  const changed = async (): Promise<SettingsReply> => {
    options.onChange();
    return settingsReply();
  };
  const settingsReply = async (): Promise<SettingsReply> => ({
    settings: settings.get(),
    service: await services.info(),
    token: token.state(),
    login: access !== null,
    setAside: { count: options.setAside.list().length, keysMayBeLost: options.setAside.keysMayBeLost() },
  });

  const health = createHealth({ ...options, version, serviceKind: () => services.current().kind });
  const report = createReport({
    ...options,
    health,
    settings: settings.get,
    token: token.state,
    job: jobs.get,
  });

  const proxy = access?.proxy ?? false;
  app.use(logRequests(options.log.logger, options.now));
  app.use(guard({ port: options.port, names: access?.names ?? null, proxy }));
  app.onError(answerErrors(onBug));
  app.use(limitRate({ now: options.now, addressOf: (c) => clientAddress(c, { proxy }) }));
  if (access) {
    app.use(access.requireSession((c) => answerLogin(c, pageFolder)));
    app.route('/api/session', access.routes);
  }
  app.use('/api/events', limitStreams(mostStreams));

  app.get('/api/health', async (c) => c.json(await health()));
  app.get('/api/report', async (c) => {
    const key = keySchema.optional().safeParse(c.req.query('key'));
    if (!key.success) return refusal(c, 400, 'bad-key', 'Expected a key of 64 hexadecimal digits in the address.');
    return c.json(await report(key.data ?? null));
  });
  app.get('/api/service', async (c) => c.json(await services.info()));
  app.get('/api/settings', async (c) => c.json(await settingsReply()));
  app.put('/api/settings', limitBody(100_000), async (c) => {
    await settings.change(await parseBody(c, z.unknown()));
    return c.json(await changed());
  });
  app.put('/api/token', limitBody(100_000), async (c) => {
    const body = await parseBody(c, z.object({ token: z.string() }));
    await token.set(body.token);
    return c.json(await changed());
  });
  app.delete('/api/token', async (c) => {
    await token.remove();
    return c.json(await changed());
  });
  app.get('/api/samples', async (c) => c.json(await samples()));
  app.get('/api/events', (c) =>
    answerEvents(c, { feed, service: () => services.current().id, startedAt: options.startedAt }),
  );
  app.route('/api/pictures', pictureRoutes({ pictures, fetchPublic: options.fetchPublic }));
  app.route('/api/lookup', lookupRoute({ jobs, outputs, pictures }));
  app.route('/api/jobs', jobRoutes(gateJobs(jobs, options.setAside.keysMayBeLost)));
  app.route('/api/ratings', ratingRoutes(jobs));
  app.route('/api/gallery', galleryRoutes({ gallery: options.gallery, pictures }));
  app.route('/api/graphs', graphRoutes(options.graphs));
  app.route('/api/set-aside', setAsideRoutes(options.setAside));
  app.route('/api/costs', costRoutes({ spending: options.spending, price: services.price, now: options.now }));
  app.route('/api/outputs/sheet', sheetOutputRoute(options.exports, outputs));
  app.route('/api/outputs', outputRoutes({ outputs, openFolder: options.openFolder }));
  app.route('/api/exports', exportRoutes(options.exports, onBug));
  app.route('/api/storage', storageRoutes(options.storage, onBug));
  app.all('/api/*', (c) => refusal(c, 404, 'no-such-route', `There is no ${c.req.method} ${c.req.path} in this API.`));

  for (const path of ['/v1/*', '/offline-storage/*']) app.all(path, (c) => offline.fetch(c.req.raw));

  app.get('*', async (c) => (pageFolder === null ? c.text('Vite serves the page.', 404) : answerStatic(c, pageFolder)));
  return app;
}
