import { join } from 'node:path';
import { readEnvironment } from './environment.ts';
import { openServer, type OpenServer } from './open-server.ts';

/** The server behind Vite: the same as the real one, except that Vite listens and serves the page. */
export async function startDevelopmentServer(): Promise<{ fetch: OpenServer['app']['fetch'] }> {
  const server = await openServer({
    environment: readEnvironment(process.env),
    samplesFolder: join(process.cwd(), 'app', 'samples'),
    pageFolder: null,
    port: null,
  });
  for (const warning of server.warnings) console.warn(warning);
  return { fetch: server.app.fetch };
}
