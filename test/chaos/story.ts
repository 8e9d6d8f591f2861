import { join } from 'node:path';
import type { Browser } from 'playwright';
import { artifactSchema, type Artifact } from '../../graphs/artifact.ts';
import { settingsReplySchema } from '../../app/settings-wire.ts';
import { goodToken, model } from '../support/fault-server.ts';
import { checkCount, findDraft, checkOutputs, checkPresses, type PressRecord } from './check-page.ts';
import { checkComplaints, checkLog, checkOutput } from './check-words.ts';
import { checkWorld, readJobs } from './checks.ts';
import { createClient, shiftableClock, type Client } from './client.ts';
import { decide, drawDecision } from './decisions.ts';
import type { Disk } from './disk.ts';
import { editKeysOf, sampleGraph } from './graphs.ts';
import { createRandom } from './random.ts';
import { startRemote } from './remote.ts';
import { createScript } from './remote-script.ts';
import { createServerProcess, type Server } from './server.ts';
import { settle } from './settle.ts';
import { tinyPicture } from './tiny-picture.ts';
import { createTroubles, drawTroubles } from './troubles.ts';

export type StoryOptions = {
  seed: number;
  number: number;
  /** A control story has no faults, and its promises must come true to the number. */
  isControl: boolean;
  edits: { least: number; most: number };
  kills: number;
  browser: Browser;
  disk: Disk;
  home: string;
};

export type StoryResult = {
  number: number;
  jobs: number;
  done: number;
  submissions: number;
  kills: number;
  presses: number;
  milliseconds: number;
  troubles: Map<string, number>;
  faults: Map<string, number>;
  violations: string[];
};

/** One graph, one server, one browser and everything that goes wrong; then all is healed and the world is checked. */
export async function tellStory(options: StoryOptions): Promise<StoryResult> {
  const { seed, number, isControl, browser, disk, home } = options;
  const began = performance.now();
  const random = createRandom(seed, number);
  const remote = await startRemote(createScript(random.named('remote'), { faults: !isControl }));
  const data = join(disk.folder, `story-${number}`);
  const server = createServerProcess({ home, data, baseUrl: remote.url, token: goodToken });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(shiftableClock);
  const [client, second] = [0, 1].map(() => createClient(context, () => server.url)) as [Client, Client];
  const violations: string[] = [];
  const troubles = new Map<string, number>();
  const presses: PressRecord[] = [];
  const paid = (): number => remote.book.paid().length;
  const count = (kind: string): void => void troubles.set(kind, (troubles.get(kind) ?? 0) + 1);

  async function press(by: Client, times: number): Promise<void> {
    const promised = await by.press(times);
    if (promised) presses.push({ ...promised, paidBefore: paid() });
  }

  try {
    if (!(await server.start())) throw new Error(`The server did not start: ${server.output()}`);
    const pictures = await prepare(server, random.pick([8, 32, 64]));
    const service = `${new URL(remote.url).host}/${model}`;
    const story = sampleGraph({ random, pictures, service, edits: options.edits, title: `Story ${number}` });
    await client.open();
    await client.drop(`${story.title}.json`, story.file);
    const isOpen = async () => (await client.look())?.edits === story.keys.length;
    await until(isOpen, 'the page to count the graph');
    if (!isControl && random.chance(0.3)) {
      count('reload right after a change');
      await client.reload();
      await until(async () => ((await client.look())?.edits ?? 0) > 0, 'the page to open again');
      if (!(await isOpen())) {
        violations.push('M10: the graph was opened, and a reload right afterwards lost it');
        await client.drop(`${story.title}.json`, story.file);
        await until(isOpen, 'the page to count the graph');
      }
    }
    await press(client, 1);

    if (!isControl) {
      const happening = createTroubles({
        random: random.named('troubles'),
        server,
        client,
        second,
        disk,
        press,
        count,
        fail: (violation) => violations.push(violation),
      });
      for (const step of drawTroubles(random, options.kills)) {
        await happening.happen(step);
        await press(client, 1);
      }
      await happening.heal();
      remote.heal();
      if (!(await client.look())) await client.open();
    }

    const mayRemain = () => [...remote.book.requests.values()].some(({ plan }) => plan.file?.forever);
    const settled = (calmMs = 0) => settle({ client, press: () => press(client, 1), mayRemain, calmMs });
    let left = await settled();
    let takes = 0;
    const decision = left?.state === 'idle' ? drawDecision(random, left) : null;
    if (decision) {
      count(decision);
      const isTake = decision === 'new take' || decision === 'retry';
      if (isTake) takes = 1;
      presses.push({ toPay: isTake ? story.keys.length : 0, underway: 0, paidBefore: paid() });
      await decide(client.page(), decision, remote);
      left = await settled(isTake ? 4000 : 0);
    }
    if (left?.state !== 'idle' && !mayRemain()) violations.push(`M6: nothing more happens: ${JSON.stringify(left)}`);
    await client.reload();
    const again = await settled();
    if (JSON.stringify(again) !== JSON.stringify(left))
      violations.push(`M10: ${JSON.stringify(left)} was ${JSON.stringify(again)} after a reload`);
    const draft = findDraft(await client.drafts(), story);
    const keys = (draft.graph && editKeysOf(draft.graph, service)) ?? story.keys;

    await server.kill();
    const jobs = readJobs(data);
    violations.push(
      ...draft.violations,
      ...checkWorld({ remote, data, takes }, jobs),
      ...checkCount(again, keys, jobs),
      ...checkOutputs(data),
      ...checkPresses(presses, paid()),
      ...checkComplaints([...client.complaints, ...second.complaints]),
      ...checkOutput(server.output(), goodToken),
      ...checkLog(data, goodToken),
    );
    const promised = presses[0]?.toPay;
    if (isControl && [promised, paid(), again?.made].some((number) => number !== keys.length))
      violations.push(
        `M9: without faults ${promised} of ${keys.length} edits were promised, ${paid()} submitted and ${again?.made} made`,
      );
    return {
      number,
      jobs: jobs.length,
      done: jobs.filter(({ status }) => status === 'done').length,
      submissions: remote.book.submissions.length,
      kills: server.counts().kills,
      presses: presses.length,
      milliseconds: performance.now() - began,
      troubles,
      faults: remote.book.faults,
      violations: [...violations, ...[...remote.book.faults.keys()].filter((kind) => kind.startsWith('BUG'))],
    };
  } finally {
    await context.close();
    await server.kill();
    disk.free();
    disk.makeWritable();
    await remote.close();
    server.removeData();
  }
}

/** Many edits at once, and the photographs that the graph begins with. */
async function prepare(server: Server, inFlight: number): Promise<Artifact[]> {
  const { settings } = settingsReplySchema.parse(await server.ask('GET', '/api/settings'));
  await server.ask('PUT', '/api/settings', { ...settings, inFlight, askAbove: 100_000 });
  const pictures: Artifact[] = [];
  for (let i = 0; i < 3; i++)
    pictures.push(artifactSchema.parse(await server.ask('POST', '/api/pictures', tinyPicture(`photo ${i}`))));
  return pictures;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
