import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import type { Graph } from '../../graphs/graph.ts';

/** Serves a page with the graph in LiteGraph, and the pictures' thumbnails from the app beside it. */
export async function serveLiteGraph(graph: Graph, appUrl: string, pictures: readonly Artifact[]) {
  const outDir = join(process.cwd(), 'dist', 'bench', 'litegraph');
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: 'test/bench/litegraph-page.ts', output: { entryFileNames: 'page.js' } },
    },
  });
  const thumbnails = new Map<string, Buffer>();
  for (const { sha256 } of pictures) {
    const response = await fetch(`${appUrl}${pictureUrl(sha256, 'large')}`);
    thumbnails.set(`/pictures/${sha256}`, Buffer.from(await response.arrayBuffer()));
  }
  const page =
    '<!doctype html><meta charset="utf-8"><title>LiteGraph</title><style>body{margin:0;overflow:hidden}canvas{display:block}</style><canvas></canvas><script type="module" src="page.js"></script>';
  const answers = new Map<string, { type: string; body: string | Buffer }>([
    ['/', { type: 'text/html', body: page }],
    ['/page.js', { type: 'text/javascript', body: await readFile(join(outDir, 'page.js')) }],
    ['/graph.json', { type: 'application/json', body: JSON.stringify(graph) }],
    ...[...thumbnails].map(([path, body]) => [path, { type: 'image/webp', body }] as const),
  ]);
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    response.writeHead(answer ? 200 : 404, { 'content-type': answer?.type ?? 'text/plain' }).end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
