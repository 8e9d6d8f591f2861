import tests from './playwright.config.ts';

/** `npm run docs`: the README's picture, taken from the running app. */
export default { ...tests, testMatch: 'readme-screenshot.ts', reporter: 'line' };
