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

/** Parts of libraries that nothing here asks for and that a bundler has to keep: 25 of 250 kB of the first visit. */
const unused = [
  // Names for the developer tools of React; each keeps a component that is not used.
  { file: '/@xyflow/react/dist/esm/index.js', part: /^\w+\.displayName = '\w+';$/gm, by: '' },
  // JSON Schemas are written by the server alone.
  { file: '/zod/v4/classic/schemas.js', part: /^\s*inst\._zod\.processJSONSchema = .*;$/gm, by: '' },
  {
    file: '/zod/v4/classic/schemas.js',
    part: /\bcreate(Standard|To)JSONSchemaMethod\(this, /g,
    by: '(() => undefined)(',
  },
  // The canvas moves and zooms; colours fade by style sheets.
  {
    file: '/d3-transition/dist/d3-transition.mjs',
    part: /b instanceof color \? interpolateRgb\s*: \(c = color\(b\)\) \? \(b = c, interpolateRgb\)\s*: /,
    by: '',
  },
  {
    file: '/d3-interpolate/dist/d3-interpolate.mjs',
    part: /\(\(c = color\(b\)\) \? \(b = c, rgb\) : string\)\s*: b instanceof color \? rgb/,
    by: 'string',
  },
  {
    file: '/d3-interpolate/dist/d3-interpolate.mjs',
    part: /^(var \w+ = )(?=\(function|\w+\()/gm,
    by: '$1/*#__PURE__*/ ',
  },
];

function withoutUnusedParts(): Plugin {
  return {
    name: 'editloom-unused-parts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    transform(code, id) {
      let rest = code;
      for (const { file, part, by } of unused) {
        if (!id.endsWith(file)) continue;
        const before = rest;
        rest = rest.replace(part, by);
        if (rest === before) this.warn(`Nothing matches ${part} in ${file} any more: see vite.config.ts.`);
      }
      return rest === code ? null : { code: rest, map: null };
    },
  };
}

export default defineConfig({
  root: 'app',
  plugins: [react(), apiInDevelopment(), withoutUnusedParts()],
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
        modulePreload: { polyfill: false },
        // What the page begins with is one file: a hundred small ones compress worse and come later.
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: 'first', tags: ['$initial'] },
                // One file in place of fifty that are named wherever something is loaded later.
                { name: 'icons', test: /\/lucide-react\/dist\/esm\/icons\//, minSize: 0 },
              ],
            },
          },
          // Else each component that is wrapped by one of these stays, used or not.
          treeshake: { manualPureFunctions: ['memo', 'forwardRef', 'createContext'] },
        },
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
