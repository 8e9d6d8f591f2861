import { settingsSchema, type Settings } from '../wire.ts';

/** The form as the fields have it: numbers may still be any text. */
export type SettingsForm = Omit<Settings, 'inFlight'> & { readonly inFlight: string };
export type SettingsField = keyof Settings;

const expected: Record<SettingsField, string> = {
  service: 'Choose one of the three.',
  baseUrl: 'Expected an address such as https://model-api.runcomfy.net',
  inFlight: 'Expected a whole number from 1 to 64',
  offlineDelay: 'Expected a number from 0 to 1',
};

export function formOf(settings: Settings): SettingsForm {
  return { ...settings, inFlight: String(settings.inFlight) };
}

/** The settings that the form means, or what is wrong at which field. */
export function readSettings(
  form: SettingsForm,
):
  | { readonly settings: Settings; readonly refusals: null }
  | { readonly settings: null; readonly refusals: Partial<Record<SettingsField, string>> } {
  const inFlight = form.inFlight.trim() === '' ? Number.NaN : Number(form.inFlight);
  const parsed = settingsSchema.safeParse({ ...form, baseUrl: form.baseUrl.trim().replace(/\/+$/, ''), inFlight });
  if (parsed.success) return { settings: parsed.data, refusals: null };
  const refusals: Partial<Record<SettingsField, string>> = {};
  for (const { path } of parsed.error.issues) {
    const field = path[0] as SettingsField;
    refusals[field] = `${expected[field]}, got “${String(form[field])}”.`;
  }
  return { settings: null, refusals };
}
