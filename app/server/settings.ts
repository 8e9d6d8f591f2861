import { readFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { settingsSchema, type Settings } from '../settings-wire.ts';
import { asideName } from './durable/aside-name.ts';
import type { SetAsideList } from './durable/set-aside.ts';
import { keepsToken, StartRefused } from './environment.ts';
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
  /** Told of a file that could not be read. */
  onSetAside?: SetAsideList['add'];
}

export async function openSettings({ file, defaults, now, onSetAside }: SettingsOptions): Promise<SettingsStore> {
  const { changes: found, aside } = await readChanges(file, now);
  const warning = aside && `The settings could not be read. They were kept as ${aside}, defaults are used.`;
  if (aside && warning)
    onSetAside?.({ what: 'settings', message: warning, files: [basename(aside)], keysMayBeLost: false });
  let changes = found;
  let writing: Promise<unknown> = Promise.resolve();
  const current = (): Settings => ({ ...defaults, ...changes });

  return {
    get: current,
    warning,
    async change(body) {
      const parsed = changesSchema.safeParse(body);
      if (!parsed.success) throw new SettingsRefused(`These settings cannot be used. ${z.prettifyError(parsed.error)}`);
      const { data } = parsed;
      // A browser may know zones that nobody knows here: the day goes on beginning where it did.
      if (!isTimeZone(data.timeZone)) delete data.timeZone;
      refuseOpenWire({ ...current(), ...data }.baseUrl);
      // What cannot be written does not hold either: else the next start would go back to what the user had changed.
      const write = writing.then(async () => {
        const next = { ...changes, ...data };
        await writeWhole(file, `${JSON.stringify(next, null, 2)}\n`);
        changes = next;
      });
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
  askAbove: 200,
  runBudget: null,
  dayBudget: null,
  timeZone: null,
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

async function readChanges(file: string, now: () => Date): Promise<{ changes: SettingsChanges; aside: string | null }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { changes: {}, aside: null };
    throw new StartRefused(`The settings in ${file} cannot be read (${errorCode(error) ?? String(error)}).`);
  }
  try {
    const changes = changesSchema.parse(JSON.parse(text));
    if (!isTimeZone(changes.timeZone)) delete changes.timeZone;
    return { changes, aside: null };
  } catch {
    const aside = asideName(file, now());
    await rename(file, aside);
    return { changes: {}, aside };
  }
}

/** Whether a day can be reckoned by it; no zone is the server's own clock. */
function isTimeZone(name: string | null | undefined): boolean {
  if (name === null || name === undefined) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
