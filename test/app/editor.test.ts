import { expect, it } from 'vitest';
import { HttpError, type Api } from '../../app/api.ts';
import { createEditor } from '../../app/editor.ts';
import { openVersions } from '../../app/versions/open.ts';
import type { SettingsReply } from '../../app/settings-wire.ts';
import type { JobRequest } from '../../app/wire.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf } from '../support/fake-services.ts';
import { fakeFeed, jobOf } from '../support/fake-feed.ts';
import { chain } from '../support/sketch.ts';
import { memoryVersions } from '../support/version-storage.ts';

const offline = 'offline/1/m';
const remote = 'model-api.example/m';

function settingsOf(id: string): SettingsReply {
  return {
    settings: {
      service: 'auto',
      baseUrl: 'https://model-api.example',
      inFlight: 1,
      offlineDelay: 0,
      askAbove: 200,
      runBudget: null,
      dayBudget: null,
      timeZone: null,
    },
    service: { id, kind: id === remote ? 'remote' : 'offline', model: 'm', label: id, price: null, outputsFolder: '/' },
    token: { present: id === remote, source: id === remote ? 'file' : 'none' },
  };
}

/** The whole page without a page, before a server that keeps what it was asked for and knows no job. */
function setUp(options: { refuses?: (service: string) => boolean; memory?: Map<string, string> } = {}) {
  const fake = fakeFeed();
  const puts: { key: string; service: string }[] = [];
  const settled: { keys: readonly string[]; as: string; puts: number }[] = [];
  const inUse = { service: offline };
  const errors: unknown[] = [];
  const api = {
    settings: async () => settingsOf(inUse.service),
    lookUp: async () => ({ jobs: [], outputs: [], missingPictures: [] }),
    settleJobs: async (keys: readonly string[], as: string) => {
      settled.push({ keys, as, puts: puts.length });
      const error = { code: 'forgotten', message: 'You let go of this edit.' };
      return as === 'forgotten' ? keys.map((key) => jobOf(key, 1, { status: 'cancelled', accepted: true, error })) : [];
    },
    putGraph: async () => undefined,
    putJob: async (key: string, { service }: JobRequest) => {
      puts.push({ key, service });
      if (options.refuses?.(service)) throw new HttpError('Another service is in use.', 409, 'other-service');
      return jobOf(key, puts.length, { status: 'queued', service });
    },
  } as unknown as Api;
  const storage = { get: async () => undefined, set: async () => undefined };
  const editor = createEditor({
    api,
    feed: fake.feed,
    storage,
    nodeTypes,
    schedule: (work) => queueMicrotask(work),
    onError: (error) => errors.push(error),
    loadVersions: async () => openVersions(nodeTypes, memoryVersions().storage),
    memory: options.memory ? memoryOf(options.memory) : null,
  });
  editor.document.open({ title: 'T', graph: chain() });
  const keyOf = (node: string) => editor.plans.get().plan.nodes.get(node)!.tasks[0]!.key!;
  return { ...fake, editor, puts, settled, inUse, errors, keyOf };
}

/** What a tab remembers over a reload. */
const memoryOf = (map: Map<string, string>) => ({
  getItem: (name: string) => map.get(name) ?? null,
  setItem: (name: string, value: string) => void map.set(name, value),
  removeItem: (name: string) => void map.delete(name),
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('[K2, M9] a run asks for its edits at the service it was planned for, also when the settings change meanwhile', async () => {
  const { editor, puts, tell, keyOf } = setUp();
  editor.takeSettings(settingsOf(offline));
  const [a, b] = [keyOf('a'), keyOf('b')];
  await editor.runs.start();
  await settle();
  editor.takeSettings(settingsOf(remote));
  tell(jobOf(a, 9, { status: 'done', service: offline, artifacts: [artifactOf(a)] }));
  await settle();
  expect(puts).toEqual([
    { key: a, service: offline },
    { key: b, service: offline },
  ]);
});

it('a page that another one has overtaken learns which service is in use, and plans for that', async () => {
  const { editor, inUse, keyOf } = setUp({ refuses: (service) => service === offline });
  editor.takeSettings(settingsOf(offline));
  const before = keyOf('a');
  inUse.service = remote;
  await editor.runs.start();
  await settle();
  expect(editor.server.getState().reply!.service.id).toBe(remote);
  expect(keyOf('a')).not.toBe(before);
});

it('a server that was started again is asked for its settings', async () => {
  const { editor, inUse, tellOnline } = setUp();
  editor.takeSettings(settingsOf(offline));
  inUse.service = remote;
  tellOnline(false);
  tellOnline(true);
  await settle();
  expect(editor.server.getState()).toMatchObject({ online: true, reply: { service: { id: remote } } });
});

it('[M1] a new take asked for during a run changes nothing, so the next Run does not pay for it unasked', async () => {
  const { editor, keyOf } = setUp();
  editor.takeSettings(settingsOf(offline));
  await editor.runs.start();
  const before = editor.document.get().graph;
  expect(await editor.newTake([keyOf('a')])).toEqual({ started: false, reason: 'running' });
  expect(await editor.retry({ same: [], newTake: [keyOf('a')] })).toEqual({ started: false, reason: 'running' });
  expect(editor.document.get().graph).toBe(before);
});

it('[M1, M4] a new take of an edit whose answer was lost counts that one as lost first, and asks for another key', async () => {
  const { editor, puts, settled, tell, inUse, keyOf } = setUp();
  inUse.service = remote;
  editor.takeSettings(settingsOf(remote));
  const a = keyOf('a');
  await settle();
  tell(jobOf(a, 3, { status: 'unknown', accepted: true, error: { code: 'lost', message: 'The answer was lost.' } }));
  await settle();
  expect(editor.plans.get().count).toMatchObject({ unknown: 1, blocked: 1, toPay: 0 });
  await editor.newTake([a]);
  await settle();
  expect(settled).toEqual([{ keys: [a], as: 'lost', puts: 0 }]);
  expect(puts.map(({ key }) => key)).toEqual([keyOf('a')]);
  expect(keyOf('a')).not.toBe(a);
});

it('a run that a reload cut off is remembered by its graph, until Run is pressed again or it has ended', async () => {
  const memory = new Map<string, string>();
  const before = setUp({ memory });
  before.editor.takeSettings(settingsOf(offline));
  await before.editor.runs.start();
  expect(before.editor.runs.get().interrupted).toBe(null);

  const after = setUp({ memory });
  expect(after.editor.runs.get().interrupted).toBe('T');
  after.editor.takeSettings(settingsOf(offline));
  await after.editor.runs.start();
  expect(after.editor.runs.get().interrupted).toBe(null);
  after.editor.runs.stop();
  expect(setUp({ memory }).editor.runs.get().interrupted).toBe(null);
});

it('[M4] what is forgotten counts as forgotten at once, before the event stream says so', async () => {
  const { editor, keyOf, settled } = setUp();
  await editor.loadSettings();
  const key = keyOf('a');
  editor.plans.learn(new Map([[key, { status: 'unknown', message: 'Lost.' }]]));
  await editor.forget([key]);
  expect(editor.plans.lookup(key)?.status).toBe('forgotten');
  expect(settled).toEqual([{ keys: [key], as: 'forgotten', puts: 0 }]);
});
