/**
 * `npm run chaos -- --mutations`: does the suite notice? Each rule of money is broken on purpose in a copy of the source,
 * one at a time, and the short suite must go red and name that rule.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, buildSuite, root } from './build.js';
import { mutations } from './mutation-list.js';

const wanted = process.argv.slice(2).filter((argument) => /^M\d+$/.test(argument));
for (const mutation of mutations) expectText(mutation);
const home = await buildApp(join(root, 'dist/chaos/app'));
const suite = await buildSuite();
const rows = [];

for (const mutation of mutations) {
  if (wanted.length > 0 && !wanted.includes(mutation.rule)) continue;
  const copy = mkdtempSync(join(tmpdir(), 'editloom-mutation-'));
  try {
    breakRule(mutation, copy);
    const began = Date.now();
    const flags = ['--home', copy, '--short', '--first-failure', '--seed', '7', '--jobs', '600', '--kills', '60'];
    const { stdout, status } = spawnSync(process.execPath, ['--enable-source-maps', suite, ...flags], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const named = stdout.split('\n').find((line) => line.trim().startsWith(`${mutation.rule}:`));
    const isFound = status !== 0 && named !== undefined;
    if (!isFound) console.log(stdout);
    rows.push({ isFound, seconds: Math.round((Date.now() - began) / 1000), named: named?.trim(), ...mutation });
    console.log(`${isFound ? 'found ' : 'MISSED'}  ${mutation.rule}  ${mutation.how}`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

console.log('\nrule  found  after  broken so, and what the suite said');
for (const { rule, isFound, seconds, how, named } of rows)
  console.log(
    `${rule}    ${isFound ? 'yes' : 'NO '}    ${String(seconds).padStart(3)} s  ${how}\n                    ${named ?? 'nothing'}`,
  );
process.exitCode = rows.every(({ isFound }) => isFound) ? 0 : 1;

function breakRule({ rule, file, from, to }, copy) {
  for (const part of ['app', 'graphs', 'nodes', 'vite.config.ts', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(
    join(copy, file),
    expectText({ rule, file, from }).replace(from, () => to),
  );
  const buildServer =
    "import { createBuilder } from 'vite'; const builder = await createBuilder({ logLevel: 'warn' }); await builder.build(builder.environments.server);";
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', buildServer], {
    cwd: copy,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`The source with ${rule} broken cannot be built.`);
  cpSync(join(home, 'dist/client'), join(copy, 'dist/client'), { recursive: true });
}

function expectText({ rule, file, from }) {
  const source = readFileSync(join(root, file), 'utf8');
  const found = source.split(from).length - 1;
  if (found === 1) return source;
  throw new Error(`To break ${rule}, expected this text once in ${file}, got it ${found} times: ${from}`);
}
