/**
 * `npm run bench` runs all benchmarks, `npm run bench -- planning sweep` some, `npm run bench -- load --jobs 1000` hands a
 * flag on. Each is bundled, as the app is, and runs in a process of its own. They print figures and assert nothing:
 * machines differ, ratios within one run say more.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const all = ['planning', 'sweep', 'canvas', 'start', 'load', 'gallery', 'grid'];
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals: names } = parseArgs({ options: { jobs: { type: 'string' } }, allowPositionals: true });
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`Expected benchmarks out of ${all.join(', ')}, got ${unknown.join(', ')}.`);
  process.exit(2);
}

for (const name of names.length > 0 ? names : all) {
  const outDir = `${root}dist/bench/${name}`;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: `test/bench/${name}.ts`,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'bench.js' } },
    },
  });
  const began = Date.now();
  const code = await run(`${outDir}/bench.js`);
  console.log(`(${name}: ${Math.round((Date.now() - began) / 1000)} s)\n`);
  if (code !== 0) process.exitCode = 1;
}

/** @param {string} file */
function run(file) {
  const flags = values.jobs === undefined ? [] : ['--jobs', values.jobs];
  const child = spawn(process.execPath, ['--expose-gc', '--enable-source-maps', file, ...flags], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
