import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createBuilder } from 'vite';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Builds the app as `npm run build` does, in a place of its own, so that the app that runs from dist/ is left alone.
 * Answers with that place.
 * @param {string} home
 */
export async function buildApp(home) {
  // Vite reads it when React is loaded, and NODE_ENV=development from outside would bundle another React.
  process.env.NODE_ENV = 'production';
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    environments: {
      client: { build: { outDir: join(home, 'dist/client'), emptyOutDir: true } },
      server: { build: { outDir: join(home, 'dist/server'), emptyOutDir: true } },
    },
  });
  await builder.buildApp();
  mkdirSync(home, { recursive: true });
  // The server looks for its sample photographs beside dist/.
  if (!existsSync(join(home, 'app'))) symlinkSync(join(root, 'app'), join(home, 'app'), 'junction');
  return home;
}

/** Bundles the suite itself and answers with its file. */
export async function buildSuite() {
  const outDir = join(root, 'dist/chaos/suite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: 'test/chaos/main.ts',
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: 'main.js' } },
    },
  });
  return join(outDir, 'main.js');
}
