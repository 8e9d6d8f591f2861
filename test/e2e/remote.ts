import { readFileSync } from 'node:fs';
import { goodToken, startFaultServer, type FaultServer } from '../support/fault-server.ts';
import { test as base } from './app.ts';

/** The app before an edit service that is somebody else's, costs money, counts and misbehaves. */
export const test = base.extend<{ token: string; answer: Uint8Array; remote: FaultServer }>({
  token: [goodToken, { option: true }],
  /** The picture that the service answers with. */
  answer: ({ token: _ }, provide) => provide(readFileSync('app/samples/chelsea.png')),
  remote: async ({ answer }, provide) => {
    const remote = await startFaultServer(answer);
    await provide(remote);
    await remote.close();
  },
  env: async ({ remote, token }, provide) => {
    await provide({ EDITLOOM_BASE_URL: remote.url, ...(token ? { RUNCOMFY_API_TOKEN: token } : {}) });
  },
});

/** A sample photograph, which every server has. */
export const coffee = {
  sha256: 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7',
  width: 600,
  height: 400,
  mediaType: 'image/png',
  bytes: 466706,
  name: 'coffee.png',
};

const photo = { type: 'load-image', position: { x: 0, y: 0 }, params: { picture: coffee } };
const photoToEdit = { from: { node: 'photo', port: 'image' }, to: { node: 'edit', port: 'image' } };

/** A graph file: one photograph, one edit. */
export const editFile = (title: string, params: Record<string, unknown>): string =>
  JSON.stringify({
    format: 'editloom-graph',
    version: 1,
    title,
    nodes: { photo, edit: { type: 'edit', position: { x: 400, y: 0 }, params: { seed: 1, ...params } } },
    edges: [photoToEdit],
  });

/** A graph file: one photograph, one edit, one prompt per line. */
export const sweepFile = (title: string, prompts: readonly string[]): string =>
  JSON.stringify({
    format: 'editloom-graph',
    version: 1,
    title,
    nodes: {
      photo,
      prompts: { type: 'prompt-sweep', position: { x: 0, y: 360 }, params: { prompts: prompts.join('\n') } },
      edit: { type: 'edit', position: { x: 400, y: 0 }, params: { seed: 1 } },
    },
    edges: [photoToEdit, { from: { node: 'prompts', port: 'text' }, to: { node: 'edit', port: 'prompt' } }],
  });

/** A graph file: one photograph, edits behind each other, each named by its prompt. */
export const chainFile = (title: string, prompts: readonly string[]): string =>
  JSON.stringify({
    format: 'editloom-graph',
    version: 1,
    title,
    nodes: {
      photo,
      ...Object.fromEntries(
        prompts.map((prompt, i) => [
          prompt,
          {
            type: 'edit',
            title: prompt[0]!.toUpperCase() + prompt.slice(1),
            position: { x: 400 + 360 * i, y: 0 },
            params: { prompt, seed: 1 },
          },
        ]),
      ),
    },
    edges: prompts.map((prompt, i) => ({
      from: { node: i === 0 ? 'photo' : prompts[i - 1], port: 'image' },
      to: { node: prompt, port: 'image' },
    })),
  });
