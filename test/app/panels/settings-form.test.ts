import { expect, it } from 'vitest';
import { formOf, readSettings, timeZoneWords } from '../../../app/panels/settings-form.ts';

const settings = {
  service: 'auto',
  baseUrl: 'https://model-api.runcomfy.net',
  inFlight: 4,
  offlineDelay: 0,
  askAbove: 200,
  runBudget: null,
  dayBudget: null,
  timeZone: null,
} as const;

it('gives back the settings that it was filled with', () => {
  expect(readSettings(formOf(settings)).settings).toEqual(settings);
});

it('takes an address with spaces around it and a slash at its end', () => {
  const { settings: read } = readSettings({ ...formOf(settings), baseUrl: ' https://example.com/ ' });
  expect(read?.baseUrl).toBe('https://example.com');
});

it('takes a budget with a dollar sign or a comma, and an empty one as none', () => {
  const { settings: read } = readSettings({
    ...formOf(settings),
    runBudget: ' $2.50',
    dayBudget: '12,5',
    askAbove: '1,000',
  });
  expect(read).toMatchObject({ runBudget: 2.5, dayBudget: 12.5, askAbove: 1000 });
  expect(readSettings({ ...formOf({ ...settings, runBudget: 3 }), runBudget: ' ' }).settings).toMatchObject({
    runBudget: null,
  });
});

it.each([
  ['runBudget', '0', 'Expected a sum of dollars such as 2.50, or nothing, got “0”.'],
  ['dayBudget', 'much', 'Expected a sum of dollars such as 20, or nothing, got “much”.'],
  ['askAbove', '0', 'Expected a whole number from 1 to 100,000, got “0”.'],
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

it('a time zone that the server does not know is told of where there is a budget for each day', () => {
  const words = timeZoneWords('Mars/Olympus_Mons', { timeZone: null, dayBudget: 5 });
  expect(words).toContain('“Mars/Olympus_Mons”: the day of the budget goes by the clock of the server');
  expect(timeZoneWords('Mars/Olympus_Mons', { timeZone: 'Europe/Berlin', dayBudget: 5 })).toContain('by Europe/Berlin');
  expect(timeZoneWords('Mars/Olympus_Mons', { timeZone: null, dayBudget: null })).toBeNull();
  expect(timeZoneWords('Europe/Berlin', { timeZone: 'Europe/Berlin', dayBudget: 5 })).toBeNull();
});

it('the zones that a server knows need not be known in this browser', () => {
  const read = readSettings(formOf({ ...settings, timeZone: 'Mars/Olympus_Mons' }));
  expect(read.settings?.timeZone).toBe('Mars/Olympus_Mons');
});
