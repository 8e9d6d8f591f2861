import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { settingsSchema, type Settings } from '../wire.ts';
import { keepsToken } from './environment.ts';
import { errorCode, writeWhole } from './write-file.ts';

/** The user asked for a setting that cannot be. */
export class SettingsRefused extends Error {
  override name = 'SettingsRefused';
  readonly code = 'bad-settings';
}

/** On disk lies only what the user has changed, so a default that becomes better later reaches everybody else. */
const changesSchema = settingsSchema.partial();
type SettingsChanges = z.infer<typeof changesSchema>;

export interface SettingsStore {
  get: () => Settings;
  change: (changes: unknown) => Promise<Settings>;
  /** What was wrong with the file at start, for the log and the page; null = nothing. */
  warning: string | null;
}

interface SettingsOptions {
  file: string;
  /** What holds until the user changes it; the environment may have set some of it. */
  defaults: Settings;
  now: () => Date;
}

export async function openSettings({ file, defaults, now }: SettingsOptions): Promise<SettingsStore> {
  const { changes: found, warning } = await readChanges(file, now);
  let changes = found;
  let writing: Promise<unknown> = Promise.resolve();
  const current = (): Settings => ({ ...defaults, ...changes });

  return {
    get: current,
    warning,
    async change(body) {
      const parsed = changesSchema.safeParse(body);
      if (!parsed.success) throw new SettingsRefused(`These settings cannot be used. ${z.prettifyError(parsed.error)}`);
      const wanted = { ...current(), ...parsed.data };
      refuseOpenWire(wanted.baseUrl);
      changes = { ...changes, ...parsed.data };
      const snapshot = changes;
      const write = writing.then(() => writeWhole(file, `${JSON.stringify(snapshot, null, 2)}\n`));
      writing = write.catch(() => {});
      await write;
      return current();
    },
  };
}

export const defaultSettings: Settings = {
  service: 'auto',
  baseUrl: 'https://model-api.runcomfy.net',
  inFlight: 4,
  offlineDelay: 0,
};

/** The token travels with each request, so it may leave this machine encrypted only. */
function refuseOpenWire(baseUrl: string): void {
  const url = new URL(baseUrl);
  if (!keepsToken(baseUrl)) {
    throw new SettingsRefused(`The address of the edit service must begin with https://, got ${url.origin}.`);
  }
  if (url.username || url.password) {
    throw new SettingsRefused('The address of the edit service may not hold a user name or password.');
  }
}

async function readChanges(
  file: string,
  now: () => Date,
): Promise<{ changes: SettingsChanges; warning: string | null }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { changes: {}, warning: null };
    throw error;
  }
  try {
    return { changes: changesSchema.parse(JSON.parse(text)), warning: null };
  } catch {
    const aside = file.replace(/\.json$/, `.unreadable-${now().toISOString().replace(/[:.]/g, '-')}.json`);
    await rename(file, aside);
    return { changes: {}, warning: `The settings could not be read. They were kept as ${aside}, defaults are used.` };
  }
}
