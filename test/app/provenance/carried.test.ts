import { describe, expect, it } from 'vitest';
import { embed, type Embedded } from '../../../app/embed/embed.ts';
import { lookInside } from '../../../app/embed/found.ts';
import { bytesOf, join } from '../../../app/embed/inflate.ts';
import { embedInPng } from '../../../app/embed/png.ts';
import { carriedBy } from '../../../app/provenance/carried.ts';
import { outlookWords } from '../../../app/provenance/outlook-words.ts';
import { writeGraphFile } from '../../../graphs/file.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { provenanceOf } from '../../../graphs/provenance.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { makePicture } from '../../support/pictures.ts';
import { chain } from '../../support/sketch.ts';

const graphFile = (): unknown => JSON.parse(writeGraphFile('Shots', chain()));
const plan = makePlan(chain(), nodeTypes, 'offline/1/model');
const provenance = provenanceOf(plan, plan.nodes.get('b')!.tasks[0]!, () => undefined);

const messageOf = async (payload: unknown): Promise<string> => {
  const carries = carriedBy(embed(await makePicture(), payload as Embedded), nodeTypes);
  return carries.type === 'told' ? carries.message : carries.type;
};

describe('[V8] a picture from outside', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('that is a %s of ours brings its graph and its chain', async (format) => {
    const bytes = embed(await makePicture(format), { editloom: 1, provenance, graph: graphFile() });
    const carries = carriedBy(bytes, nodeTypes);
    expect(carries).toMatchObject({ type: 'graph', carried: { loaded: { title: 'Shots', notes: [] } } });
    if (carries.type !== 'graph') return;
    expect(carries.carried.loaded.graph).toEqual({ ...chain(), nodes: expect.anything() as unknown });
    expect(carries.carried.steps.at(-1)?.key).toBe(plan.nodes.get('b')!.tasks[0]!.key);
  });

  it('brings nothing where it carries nothing', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const)
      expect(carriedBy(await makePicture(format), nodeTypes)).toEqual({ type: 'nothing' });
    expect(carriedBy(new Uint8Array(), nodeTypes)).toEqual({ type: 'nothing' });
  });

  it('still opens its graph where the chain is not what it should be', async () => {
    const strange = [null, { steps: 'all' }, { steps: [{ key: 'short' }] }, [1], { steps: [{ key: '__proto__' }] }];
    for (const steps of strange) {
      const bytes = embed(await makePicture(), { editloom: 1, provenance: steps, graph: graphFile() });
      expect(carriedBy(bytes, nodeTypes)).toMatchObject({ type: 'graph', carried: { steps: [] } });
    }
  });

  it.each([
    ['a newer Editloom', { editloom: 2 }, /version 2, written by a newer Editloom; this one reads version 1/],
    ['something else', { editloom: 'yes' }, /none that Editloom writes/],
    ['a list', [1], /none that Editloom writes/],
    ['no graph', { editloom: 1, provenance: null, graph: null }, /but no graph/],
    [
      'a graph of a newer version',
      { editloom: 1, provenance: null, graph: { nodes: {}, version: 99 } },
      /version 99.*Update Editloom/,
    ],
    ['a graph that is none', { editloom: 1, provenance: null, graph: { nodes: 7 } }, /was not opened.*at nodes/],
  ])('with the details of %s is taken as a picture, and told of', async (_, payload, words) => {
    const message = await messageOf(payload);
    expect(message).toMatch(words);
    expect(message).toMatch(/It was taken as a picture\.$/);
  });

  it('cannot change what every object has', async () => {
    const text = `{"editloom":1,"provenance":null,"graph":{"nodes":{"__proto__":{"polluted":1}},"edges":[]}}`;
    const carries = carriedBy(embedInPng(await makePicture('png'), text), nodeTypes);
    expect(carries).toMatchObject({ type: 'told', message: expect.stringMatching(/key "__proto__"/) as unknown });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('is never nested so deeply that reading it ends the page', async () => {
    const text = `{"editloom":1,"graph":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(lookInside(embedInPng(await makePicture('png'), text))).toMatchObject({
      type: 'unusable',
      message: expect.stringMatching(/nested more than 100 levels/) as unknown,
    });
  });

  it('that was cut within its details says so', async () => {
    const whole = embed(await makePicture('webp', { width: 8, height: 8 }), {
      editloom: 1,
      provenance,
      graph: graphFile(),
    });
    expect(carriedBy(whole.subarray(0, whole.length - 40), nodeTypes)).toMatchObject({
      type: 'told',
      message: expect.stringMatching(/damaged, cut off or larger than 16 MB/) as unknown,
    });
  });

  it.each([
    ['ComfyUI', 'tEXtworkflow\0{"nodes":[]}'],
    ['ComfyUI', 'tEXtprompt\0{}'],
    ['Stable Diffusion web UI', 'tEXtparameters\0a cat, Steps: 20'],
    ['InvokeAI', 'iTXtinvokeai_metadata\0{}'],
  ])('of %s is known by its texts', async (program, text) => {
    const png = await makePicture('png');
    const [head, rest] = [png.subarray(0, 33), png.subarray(33)];
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length - 4);
    const carries = carriedBy(join([head, length, bytesOf(text), new Uint8Array(4), rest]), nodeTypes);
    expect(carries).toMatchObject({
      type: 'told',
      message: expect.stringContaining(`how ${program} made it`) as unknown,
    });
  });
});

describe('what opening a carried graph would cost', () => {
  const offline = { id: 'offline/1/model', kind: 'offline', price: null, label: 'Built-in offline service' } as const;
  const remote = { id: 'api.example/model', kind: 'remote', price: 0.05, label: 'RunComfy' } as const;
  const by = (service: string) => [{ key: 'f'.repeat(64), title: 'Edit', point: [], making: { service } }];

  it.each([
    [{ edits: 1, made: 1, toPay: 0 }, remote, [], 'Its picture is here already: nothing is to pay.'],
    [{ edits: 12, made: 12, toPay: 0 }, remote, [], 'All 12 pictures are here already: nothing is to pay.'],
    [
      { edits: 12, made: 1, toPay: 11 },
      remote,
      [],
      '1 of 12 pictures is here already; 11 edits would have to be made (11 × $0.05 = $0.55), only when you press Run.',
    ],
    [
      { edits: 2, made: 0, toPay: 2 },
      offline,
      by('offline/1/model'),
      'None of its pictures is here: 2 edits would have to be made (free), only when you press Run.',
    ],
    [
      { edits: 1, made: 0, toPay: 1 },
      remote,
      by('offline/1/model'),
      'It was made by the offline service; now RunComfy is in use, so 1 edit would have to be made ($0.05), only when you press Run.',
    ],
    [{ edits: 0, made: 0, toPay: 0 }, offline, [], 'There is no edit in it that could be made.'],
  ])('%j', (count, service, steps, words) => expect(outlookWords(count, steps, service)).toBe(words));
});
