import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopback, readEnvironment, StartRefused } from './environment.ts';
import { serve } from './serve.ts';
import { TokenRefused } from './token.ts';
import { StorageError } from './write-file.ts';

// Built, this file is dist/server/index.js.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

let tellBug: (error: unknown) => void = console.error;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const pageFolder = join(root, 'dist', 'client');
  if (!existsSync(join(pageFolder, 'index.html'))) {
    throw new StartRefused(`The page is not built: ${pageFolder} has no index.html. Start Editloom with "npm start".`);
  }
  const server = await serve({ environment, samplesFolder: join(root, 'app', 'samples'), pageFolder });
  tellBug = server.onBug;
  for (const warning of server.warnings) console.warn(warning);
  console.log(`Editloom is running at ${server.url} (edits by: ${server.serviceLabel()})`);
  if (!isLoopback(environment.host) && !environment.access?.proxy) {
    console.log(
      'Other machines can reach it with the password, unencrypted: put an https proxy in front (see README).',
    );
  }

  let stopping = false;
  const stop = () => {
    // Asked twice, it doesn't wait for answers that are still out.
    if (stopping) process.exit(1);
    stopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

// A fault in one edit must not take down the others: it is said, and the job book knows what to do next.
process.on('unhandledRejection', (reason) => tellBug(reason));

// After this nothing in memory can be relied on. What is on disk can, so the way out is to start again.
process.on('uncaughtException', (error) => {
  tellBug(error);
  console.error('Editloom stops after a fault. Nothing that was paid for is lost: start it again.');
  process.exit(1);
});

main().catch((error: unknown) => {
  const isExpected = error instanceof StartRefused || error instanceof TokenRefused || error instanceof StorageError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
});
