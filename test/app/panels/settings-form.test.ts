import { expect, it } from 'vitest';
import { formOf, readSettings } from '../../../app/panels/settings-form.ts';

const settings = {
  service: 'auto',
  baseUrl: 'https://model-api.runcomfy.net',
  inFlight: 4,
  offlineDelay: 0,
} as const;

it('gives back the settings that it was filled with', () => {
  expect(readSettings(formOf(settings)).settings).toEqual(settings);
});

it('takes an address with spaces around it and a slash at its end', () => {
  const { settings: read } = readSettings({ ...formOf(settings), baseUrl: ' https://example.com/ ' });
  expect(read?.baseUrl).toBe('https://example.com');
});

it.each([
  ['inFlight', '', 'Expected a whole number from 1 to 64, got “”.'],
  ['inFlight', '2.5', 'Expected a whole number from 1 to 64, got “2.5”.'],
  ['inFlight', '65', 'Expected a whole number from 1 to 64, got “65”.'],
  [
    'baseUrl',
    'ftp://example.com',
    'Expected an address such as https://model-api.runcomfy.net, got “ftp://example.com”.',
  ],
])('refuses %s "%s" at its field', (field, value, words) => {
  expect(readSettings({ ...formOf(settings), [field]: value }).refusals).toEqual({ [field]: words });
});
