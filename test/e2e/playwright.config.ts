import { defineConfig } from 'playwright/test';
import { browserFlags, findBrowser } from './browser.ts';

// Workers load this file again; what the first one found is handed on.
process.env.CHROMIUM_PATH = findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.EDITLOOM_TEST_REPORT
    ? [['list'], ['json', { outputFile: process.env.EDITLOOM_TEST_REPORT }]]
    : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: browserFlags,
    },
  },
});
