// `npm run security [words]`: takes away one defence after the other (or those whose threat has the words), in a copy of
// the tree, and runs the test that SECURITY.md names for it. Each has to go red, and to be green before.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mutations } from './mutations.js';

const words = process.argv.slice(2).join(' ').toLowerCase();
const wanted = mutations.filter(({ threat }) => threat.toLowerCase().includes(words));
const copy = mkdtempSync(join(tmpdir(), 'editloom-security-'));
for (const file of execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { maxBuffer: 1e8 })
  .toString()
  .split('\0')
  .filter(Boolean)) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  copyFileSync(file, join(copy, file));
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'dir');

/** How many tests of this title passed and failed; a run that had to be ended counts as one that failed. */
function run([file, title]) {
  const isBrowserTest = file.endsWith('.spec.ts');
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  // Placeholders of a table stand for anything; vitest and Playwright both take a pattern.
  const pattern = title.replace(/[\\^.*+?()[\]{}|/]/g, '\\$&').replace(/%[a-z]|\$[a-z]+/g, '.*');
  const [program, args] = isBrowserTest
    ? ['npx', ['playwright', 'test', '-c', 'test/e2e/playwright.config.ts', '-g', pattern, file]]
    : ['npx', ['vitest', 'run', file, '-t', pattern]];
  const options = { cwd: copy, env: { ...process.env, EDITLOOM_TEST_REPORT: report }, timeout: 300_000 };
  if (isBrowserTest) spawnSync('npx', ['vite', 'build', '--app', '--logLevel', 'error'], options);
  const { error } = spawnSync(program, args, { ...options, killSignal: 'SIGKILL' });
  if (error) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return isBrowserTest
    ? { passed: result.stats.expected, failed: result.stats.unexpected }
    : { passed: result.numPassedTests, failed: result.numFailedTests };
}

const known = new Map();
let wrong = 0;
for (const { threat, test, file, text, into } of wanted) {
  const name = test.join(': ');
  if (!known.has(name)) known.set(name, run(test));
  const before = known.get(name);
  const source = readFileSync(join(copy, file), 'utf8');
  if (source.split(text).length !== 2) throw new Error(`Expected once in ${file}: ${text}`);
  writeFileSync(
    join(copy, file),
    source.replace(text, () => into),
  );
  const after = run(test);
  writeFileSync(join(copy, file), source);
  const isRight = before.passed > 0 && before.failed === 0 && after.failed > 0;
  if (!isRight) wrong++;
  console.log(
    `${isRight ? 'ok' : 'WRONG'}  ${threat}  (before: ${before.passed} passed, ${before.failed} failed; without: ${after.failed} failed)`,
  );
}
rmSync(copy, { recursive: true, force: true });
console.log(`${wanted.length - wrong} of ${wanted.length} defences are held by their tests`);
process.exitCode = wrong === 0 && wanted.length > 0 ? 0 : 1;
