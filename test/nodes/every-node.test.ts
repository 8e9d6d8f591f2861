import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeGraphFile, readGraphFile } from '../../graphs/file.ts';
import { freshParams } from '../../graphs/node-type.ts';
import { faultOfValue } from '../../graphs/ports.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { sketch } from '../support/sketch.ts';

it('there is one node type per file, and those of all releases are there', () => {
  const files = Object.keys(import.meta.glob('../../nodes/*.ts')).filter((path) => !path.endsWith('index.ts'));
  expect([...nodeTypes.keys()].map((type) => `../../nodes/${type}.ts`).sort()).toEqual(files.sort());
  expect([...nodeTypes.keys()]).toEqual(
    expect.arrayContaining([
      'edit',
      'format-sweep',
      'image-batch',
      'load-image',
      'negative-prompt',
      'prompt',
      'prompt-sweep',
      'save',
      'seed-sweep',
      'switch-sweep',
      'table',
    ]),
  );
});

describe.each([...nodeTypes.values()].map((type) => [type.type, type] as const))('%s', (name, type) => {
  it('says in words what it is, and so does each of its parameters', () => {
    expect(type.title).toMatch(/^[A-Z].{1,30}$/);
    expect(type.description).toMatch(/^[A-Z].{20,200}\.$/);
    for (const field of Object.values(type.params.shape)) {
      const meta = (field as z.ZodType).meta();
      expect(meta?.title).toMatch(/^[A-Z]/);
    }
  });

  it('has a usual value for every parameter, and new nodes are valid', () => {
    expect(type.params.safeParse({}).success).toBe(true);
    for (const random of [0, 0.5, 0.999_999])
      expect(type.params.safeParse(freshParams(type, () => random)).success).toBe(true);
  });

  it('has a port for each parameter of the same name, of a kind that fits', () => {
    const defaults = type.params.parse({}) as Record<string, unknown>;
    const shared = Object.entries(type.inputs).filter(([port]) => port in defaults);
    for (const [port, { kind }] of shared) expect([port, faultOfValue(kind, defaults[port])]).toEqual([port, null]);
  });

  it('gives only plain data, which a graph file keeps', () => {
    const graph = sketch({ it: [name, freshParams(type, () => 0.3)] });
    expect(readGraphFile(writeGraphFile('T', graph), nodeTypes)).toEqual({ title: 'T', graph, notes: [] });
  });

  it('is pure and gives its declared outputs, or uses one service and gives a promise', async () => {
    const picture = { sha256: 'a'.repeat(64) };
    const values = { ...type.params.parse({}), picture, image: picture, images: [picture], prompt: 'x' };
    const edits = { edit: async () => picture as never };
    const file = async () => ({ file: 'f', url: '/f' });
    const outputs = { save: file, saveSheet: file };
    const at = type.axis?.({ ...type.params.parse({}), prompts: 'x' })[0];
    const result = type.run({ values, at, edits, outputs });
    expect(result instanceof Promise).toBe(type.uses !== undefined);
    const names = type.uses === 'outputs' ? ['file'] : Object.keys(type.outputs);
    expect(Object.keys(await result).sort()).toEqual(names.sort());
  });
});

it('the edit node has the fields of stepx-edit2 with their names, types and defaults', () => {
  const { params, inputs } = nodeTypes.get('edit')!;
  expect(Object.keys({ ...inputs, ...params.shape }).sort()).toEqual(
    [
      'image',
      'prompt',
      'negative_prompt',
      'seed',
      'enable_thinking_mode',
      'enable_reflection_mode',
      'output_format',
    ].sort(),
  );
  expect(params.parse({})).toEqual({
    prompt: '',
    negative_prompt: '',
    seed: 1,
    enable_thinking_mode: true,
    enable_reflection_mode: true,
    output_format: 'jpeg',
  });
});
