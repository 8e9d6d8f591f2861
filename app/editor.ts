import { createStore } from 'zustand/vanilla';
import type { Known } from '../graphs/known.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import type { Services } from '../graphs/services.ts';
import type { Api } from './api.ts';
import { createDocument, type DraftStorage } from './document.ts';
import { interruptedRun, rememberRuns, type TabMemory } from './interruption.ts';
import { createMaking } from './making.ts';
import { createPlans } from './plans.ts';
import { createRuns } from './runs.ts';
import { createCache } from './services/cache.ts';
import { createEdits } from './services/edits.ts';
import { createMadeRecords } from './services/made.ts';
import { knownOfJob } from './services/job-known.ts';
import type { JobFeed } from './services/job-feed.ts';
import { createOutputs } from './services/outputs.ts';
import { createStarting } from './starting.ts';
import { createVersions, type Book } from './versions/keeper.ts';
import type { SettingsReply } from './settings-wire.ts';
import type { Settle } from './wire.ts';

export type ServerState = {
  /** Null until the server answered for the first time. */
  readonly reply: SettingsReply | null;
  readonly online: boolean;
};

export type Editor = ReturnType<typeof createEditor>;

/** Puts the parts of the page together; the only place that knows them all. */
export function createEditor(options: {
  api: Api;
  feed: JobFeed;
  storage: DraftStorage;
  nodeTypes: NodeTypes;
  schedule: (work: () => void) => void;
  onError: (error: unknown) => void;
  /** The user is to hear of something that is no fault. */
  onNotice?: (text: string) => void;
  loadVersions: () => Promise<Book>;
  memory?: TabMemory | null;
  /** Of the browser: tabs tell each other by them what they wait for. */
  locks?: Pick<LockManager, 'request'> | null;
}) {
  const { api, feed, storage, nodeTypes, schedule, onError, onNotice = () => undefined, loadVersions } = options;
  const { memory = null, locks = null } = options;
  const server = createStore<ServerState>(() => ({ reply: null, online: true }));
  const document = createDocument(storage, nodeTypes);
  const cache = createCache(api);
  const plans = createPlans({ document, nodeTypes, cache, schedule, onError });
  // A run carries on when another graph is opened; its files keep the name and the graph that it began with.
  let ofRun = document.get();
  const recordOf = createMadeRecords(api);
  const services: Services = {
    edits: createEdits(api, feed, {
      onOtherService: () => void loadSettings().catch(onError),
      onStoppedElsewhere: () => onNotice(STOPPED_ELSEWHERE),
      title: () => ofRun.title,
      madeAt: (plan, task) => recordOf({ title: ofRun.title, graph: plans.graphOf(plan) }, plan, task),
      locks,
    }),
    outputs: createOutputs(api, () => ofRun, plans.lookup),
    cache,
  };
  // A few more than the server keeps in flight, so that its queue never runs dry between two answers.
  const limit = (): number => (server.getState().reply?.settings.inFlight ?? 4) + 4;
  const runs = createRuns({ plans, services, limit, schedule, interrupted: interruptedRun(memory) });
  const versions = createVersions({ document, plans, runs, load: loadVersions, onError });

  const making = createMaking(document);
  const reply = (): SettingsReply | null => server.getState().reply;
  const starting = createStarting({ document, plans, runs, making: making.get, reply, look: loadSettings, settle });

  let news = new Map<string, Known>();
  const unsubscribe = [
    rememberRuns(runs, memory, () => document.get().title),
    runs.store.subscribe(({ run }, before) => {
      if (run?.startedAt !== before.run?.startedAt) ofRun = document.get();
    }),
    feed.subscribe((job) => {
      news.set(job.key, knownOfJob(job));
      if (news.size > 1) return;
      schedule(() => {
        const batch = news;
        news = new Map();
        plans.learn(batch);
      });
    }),
    feed.subscribeOnline((online) => {
      server.setState({ online });
      if (!online) return askWhy();
      // It may have been started again with other settings, or another page may have changed them.
      if (server.getState().reply) plans.retry();
      void loadSettings().catch(onError);
    }),
  ];

  let asking = false;
  /** The stream cannot tell an ended session from a server that is away; this call asks for the password then. */
  function askWhy(): void {
    if (asking) return;
    asking = true;
    void loadSettings()
      .catch(() => undefined)
      .finally(() => (asking = false));
  }

  function takeSettings(reply: SettingsReply): void {
    server.setState({ reply });
    plans.setService(reply.service.id);
  }

  /** What was decided shows at once; the event stream tells the other tabs. */
  async function settle(keys: readonly string[], as: Settle['as']): Promise<void> {
    const jobs = await api.settleJobs(keys, as);
    plans.learn(new Map(jobs.map((job) => [job.key, knownOfJob(job)])));
  }

  async function loadSettings(): Promise<void> {
    takeSettings(await api.settings());
  }

  return {
    api,
    nodeTypes,
    document,
    plans,
    runs,
    versions,
    server,
    /** Every change of every job, as it happens; returns its own remover. */
    hear: (listener: Parameters<JobFeed['subscribe']>[0]) => feed.subscribe(listener),
    loadSettings,
    takeSettings,
    /** Ends the question about edits whose answer was lost: they count as not made, and only a new take asks for them. */
    forget: (keys: readonly string[]): Promise<void> => settle(keys, 'forgotten'),
    /** How runs are made: in which order, and when they stop by themselves. */
    making,
    ...starting,
    close(): void {
      for (const remove of unsubscribe) remove();
      versions.close();
      feed.close();
    },
  };
}

const STOPPED_ELSEWHERE =
  'Edits that this run waited for were stopped on another page before they were made. Run again to make them.';
