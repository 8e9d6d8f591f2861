/**
 * `npm run chaos`: the real server and the real page against an edit service that misbehaves, both killed and reloaded at
 * random moments, until 5,000 jobs and 200 kills of the server are reached.
 *
 *     --seed N             the same stories again          --jobs N, --kills N   how long
 *     --seed N --story K   one of them                     --short               the form that is part of `npm test`
 *     --built              the app that lies in dist/      --mutations           breaks the rules of money one by one and
 *                                                                                expects the suite to notice
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildApp, buildSuite, root } from './build.js';

const given = process.argv.slice(2);
const flags = given.filter((flag) => flag !== '--built' && flag !== '--mutations');

if (given.includes('--mutations')) {
  const { status } = spawnSync(process.execPath, [join(root, 'test/chaos/mutations.js'), ...flags], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
const home = given.includes('--built') ? root : await buildApp(join(root, 'dist/chaos/app'));
const suite = await buildSuite();
const { status } = spawnSync(process.execPath, ['--enable-source-maps', suite, '--home', home, ...flags], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
