/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { getRequestListener } from '@hono/node-server';
import { defineConfig, type Plugin } from 'vite';

/** In development the API runs inside Vite's own server, so a change in app/server shows on the next start of a request. */
function apiInDevelopment(): Plugin {
  return {
    name: 'editloom-api',
    configureServer(vite) {
      let server: Promise<{ fetch: (request: Request) => Response | Promise<Response> }> | null = null;
      vite.middlewares.use((request, response, next) => {
        if (!/^\/(api|v1|offline-storage)\//.test(request.url ?? '')) return next();
        server ??= vite.ssrLoadModule('/server/development.ts').then((module) => module.startDevelopmentServer());
        server.then((app) => getRequestListener(app.fetch)(request, response)).catch(next);
      });
    },
  };
}

export default defineConfig({
  root: 'app',
  plugins: [react(), apiInDevelopment()],
  server: { host: '127.0.0.1', port: 5174, strictPort: false },
  builder: {},
  // Our server puts a new nonce here each time; see app/server/static-files.ts.
  html: { cspNonce: 'editloom-nonce' },
  environments: {
    client: {
      build: {
        outDir: '../dist/client',
        emptyOutDir: true,
        chunkSizeWarningLimit: 900,
        // What the page begins with is one file: a hundred small ones compress worse and come later.
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
      },
    },
    server: {
      consumer: 'server',
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: '../dist/server',
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: {
          input: ['app/server/index.ts', 'app/server/backup.ts'],
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    },
  },
  test: {
    root: '.',
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...(process.env.EDITLOOM_TEST_REPORT
      ? { reporters: ['default', 'json'], outputFile: { json: process.env.EDITLOOM_TEST_REPORT } }
      : {}),
  },
});
