// `npm test`: types, lint, format, unit tests, build, the tests in a real browser and a short chaos; the last line counts them all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'editloom-test-'));
const count = { passed: 0, failed: 0 };

/** A stage without tests of its own counts as one. */
function check(name, command) {
  const started = Date.now();
  const { status } = run(command);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - started) / 1000).toFixed(1)} s`);
  count[status === 0 ? 'passed' : 'failed']++;
}

/** A stage that leaves a JSON report; one that fails without saying why counts as a failure. */
function suite(name, command, read) {
  const report = join(reports, `${name}.json`);
  const { status } = run(command, { EDITLOOM_TEST_REPORT: report });
  let counted = { passed: 0, failed: 0 };
  try {
    counted = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    console.log(`FAILED  ${name}: no report (${error.message})`);
  }
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  count.passed += counted.passed;
  count.failed += counted.failed;
}

function run(command, env = {}) {
  const [program, ...args] = command.split(' ');
  return spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
}

check('types', 'npx tsc');
check('lint', 'npx oxlint');
check('format', 'npx prettier --log-level warn --check .');
suite('unit', 'npx vitest run', (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));
check('build', 'npx vite build --app --logLevel warn');
suite('browser', 'npx playwright test -c test/e2e/playwright.config.ts', ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
}));
suite('chaos', 'node test/chaos/all.js --built --short --seed 1', (report) => report);

rmSync(reports, { recursive: true, force: true });
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
