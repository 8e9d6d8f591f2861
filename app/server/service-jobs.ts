import type { Job } from '../wire.ts';
import type { JobBook } from './job-book.ts';
import { otherService } from './job-hints.ts';
import { createJobs, type Jobs, type JobsOptions } from './jobs.ts';
import { RemoteError } from './remote-errors.ts';
import type { EditService, ServiceChoice } from './service-choice.ts';

interface ServiceJobsOptions extends Pick<
  JobsOptions,
  'pictures' | 'inFlight' | 'now' | 'onBug' | 'reserve' | 'budget' | 'ids'
> {
  book: JobBook;
  services: ServiceChoice;
  model: string;
  /** How long a service that the settings let go of may still answer what was sent to it. */
  graceMs?: number;
}

export type ServiceJobs = Pick<
  Jobs,
  | 'put'
  | 'join'
  | 'get'
  | 'withStatus'
  | 'look'
  | 'settle'
  | 'rate'
  | 'fetchMissing'
  | 'cancel'
  | 'lookup'
  | 'subscribe'
  | 'wake'
  | 'start'
  | 'close'
>;

/**
 * The jobs of all edit services: each service has a runner of its own over the one job book, so what was paid at one is
 * still brought home after the settings have changed to another. Only the service in use gets new requests.
 */
export function createServiceJobs({
  book,
  services,
  model,
  graceMs = 5000,
  ...shared
}: ServiceJobsOptions): ServiceJobs {
  const runners = new Map<EditService, Jobs>();
  const listeners = new Set<(job: Job) => void>();
  /** Runners that the settings let go of, by service: the next one of a service takes its jobs up after them. */
  const closing = new Map<string, Promise<void>>();
  const stop = new AbortController();
  let isStarted = false;

  function runnerOf(service: EditService): Jobs {
    const known = runners.get(service);
    if (known) return known;
    const runner = createJobs({
      ...shared,
      book: { ...book, live: () => book.live().filter((job) => job.service === service.id) },
      remote: () => ({ ...service.remote, serviceId: service.id, model }),
      async imageUrl(sha256) {
        if (services.current() === service) return service.imageUrl(sha256, stop.signal);
        throw new RemoteError(otherService.code, 'refused', otherService.message);
      },
    });
    runner.subscribe((job) => {
      for (const listener of listeners) listener(job);
      // An answer that came after the settings had let go of this runner: whoever has the service now goes on with it.
      if (job.status === 'submitted' && runners.get(service) !== runner) successorOf(service)?.takeUp(job);
    });
    runners.set(service, runner);
    const before = closing.get(service.id);
    if (before) void before.then(() => isStarted && runner.start());
    else if (isStarted) runner.start();
    return runner;
  }

  /** Lets go of services that the settings no longer name, so that a token is never sent to an earlier address. */
  function keepStep(): void {
    const named = services.all();
    for (const [service, runner] of runners) {
      if (named.includes(service)) continue;
      runners.delete(service);
      cancelQueued(service, runner);
      const earlier = closing.get(service.id);
      const done = Promise.all([earlier, runner.close({ graceMs })]).then(() => {
        if (!successorOf(service)) cancelQueued(service, runner);
        if (closing.get(service.id) === done) closing.delete(service.id);
      });
      closing.set(service.id, done);
    }
    for (const service of named) runnerOf(service);
  }

  /** Not to be sent and paid for by surprise when the settings name this service again one day. */
  function cancelQueued(service: EditService, runner: Jobs): void {
    for (const job of book.live())
      if (job.service === service.id && job.status === 'queued') runner.cancel(job.key, otherService);
  }

  /** Who has the jobs of a service that was let go of, by the service that the settings name now. */
  function successorOf({ id }: EditService): Jobs | undefined {
    for (const [service, runner] of runners) if (service.id === id) return runner;
    return undefined;
  }

  const current = () => runnerOf(services.current());
  const runnerFor = (key: string): Jobs => {
    const job = book.get(key);
    const service = job && services.all().find(({ id }) => id === job.service);
    return service ? runnerOf(service) : current();
  };

  return {
    get: book.get,
    withStatus: book.withStatus,
    look: (key, requestId) => runnerFor(key).look(key, requestId),
    settle: (key, as) => runnerFor(key).settle(key, as),
    rate: (key, rating) => runnerFor(key).rate(key, rating),
    put: (key, request, options) => runnerFor(key).put(key, request, options),
    join: (key, request) => runnerFor(key).join(key, request),
    fetchMissing: (key) => runnerFor(key).fetchMissing(key),
    cancel: (key) => runnerFor(key).cancel(key),
    lookup: (keys) => current().lookup(keys),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      keepStep();
      for (const runner of runners.values()) runner.wake();
    },
    start() {
      if (isStarted) return;
      isStarted = true;
      keepStep();
      for (const runner of runners.values()) runner.start();
    },
    async close(options) {
      stop.abort();
      await Promise.all([...[...runners.values()].map((runner) => runner.close(options)), ...closing.values()]);
    },
  };
}
