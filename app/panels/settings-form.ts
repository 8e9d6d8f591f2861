import { settingsSchema, type Settings } from '../settings-wire.ts';

/** The form as the fields have it: numbers may still be any text. */
export type SettingsForm = Omit<Settings, NumberField> & { readonly [name in NumberField]: string };
type NumberField = 'inFlight' | 'askAbove' | 'runBudget' | 'dayBudget';
export type SettingsField = keyof Settings;

const expected: Record<SettingsField, string> = {
  service: 'Choose one of the three.',
  baseUrl: 'Expected an address such as https://model-api.runcomfy.net',
  inFlight: 'Expected a whole number from 1 to 64',
  offlineDelay: 'Expected a number from 0 to 1',
  askAbove: 'Expected a whole number from 1 to 100,000',
  runBudget: 'Expected a sum of dollars such as 2.50, or nothing',
  dayBudget: 'Expected a sum of dollars such as 20, or nothing',
  timeZone: 'Expected the name of a time zone',
};

export function formOf(settings: Settings): SettingsForm {
  const { inFlight, askAbove, runBudget, dayBudget } = settings;
  return {
    ...settings,
    inFlight: String(inFlight),
    askAbove: String(askAbove),
    runBudget: runBudget === null ? '' : String(runBudget),
    dayBudget: dayBudget === null ? '' : String(dayBudget),
  };
}

/** Typed with a dollar sign or a comma for the cents as well. */
function numberIn(text: string): number {
  const plain = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(/^(\d+),(\d{1,2})$/, '$1.$2');
  return plain === '' ? Number.NaN : Number(plain);
}

const sumIn = (text: string): number | null => (text.trim() === '' ? null : numberIn(text));

/** The settings that the form means, or what is wrong at which field. */
export function readSettings(
  form: SettingsForm,
):
  | { readonly settings: Settings; readonly refusals: null }
  | { readonly settings: null; readonly refusals: Partial<Record<SettingsField, string>> } {
  const parsed = settingsSchema.safeParse({
    ...form,
    baseUrl: form.baseUrl.trim().replace(/\/+$/, ''),
    inFlight: numberIn(form.inFlight),
    askAbove: numberIn(form.askAbove.replaceAll(/[, ]/g, '')),
    runBudget: sumIn(form.runBudget),
    dayBudget: sumIn(form.dayBudget),
  });
  if (parsed.success) return { settings: parsed.data, refusals: null };
  const refusals: Partial<Record<SettingsField, string>> = {};
  for (const { path } of parsed.error.issues) {
    const field = path[0] as SettingsField;
    refusals[field] = `${expected[field]}, got “${String(form[field])}”.`;
  }
  return { settings: null, refusals };
}

/** Where the server knows no such zone, the budget's day is another one than the user may think. */
export function timeZoneWords(
  asked: string | null,
  { timeZone, dayBudget }: Pick<Settings, 'timeZone' | 'dayBudget'>,
): string | null {
  if (asked === timeZone || dayBudget === null) return null;
  const day = timeZone === null ? 'by the clock of the server' : `by ${timeZone}, as before`;
  return `The settings were saved. The server does not know the time zone of this browser, “${asked}”: the day of the budget goes ${day}.`;
}
