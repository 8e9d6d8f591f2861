import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings, openSettings } from '../../../app/server/settings.ts';
import { openToken } from '../../../app/server/token.ts';
import { temporaryFolder } from '../../support/pictures.ts';

const now = () => new Date('2031-02-03T04:05:06.007Z');

async function open(content?: string) {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  if (content !== undefined) await writeFile(file, content);
  const reopen = (defaults = defaultSettings) => openSettings({ file, defaults, now });
  return { folder, file, reopen, settings: await reopen() };
}

describe('settings', () => {
  it('are kept, and only what was changed hides a default', async () => {
    const { settings, reopen } = await open();
    expect(await settings.change({ inFlight: 7 })).toEqual({ ...defaultSettings, inFlight: 7 });
    const later = await reopen({ ...defaultSettings, offlineDelay: 1 });
    expect(later.get()).toEqual({ ...defaultSettings, inFlight: 7, offlineDelay: 1 });
  });

  it('that cannot be written do not hold either, and the next change is written all the same', async () => {
    const { settings, file, reopen } = await open();
    await settings.change({ inFlight: 3 });
    await rm(file);
    await mkdir(join(file, 'in the way'), { recursive: true });
    await expect(settings.change({ inFlight: 9 })).rejects.toThrow(/could not be written/);
    expect(settings.get().inFlight).toBe(3);
    await rm(file, { recursive: true });
    await settings.change({ offlineDelay: 0.5 });
    expect((await reopen()).get()).toEqual({ ...defaultSettings, inFlight: 3, offlineDelay: 0.5 });
  });

  it('keep every change when several come at once', async () => {
    const { settings, reopen } = await open();
    await Promise.all([
      settings.change({ inFlight: 2 }),
      settings.change({ offlineDelay: 0.5 }),
      settings.change({ service: 'offline' }),
    ]);
    expect((await reopen()).get()).toEqual({ ...defaultSettings, inFlight: 2, offlineDelay: 0.5, service: 'offline' });
  });

  it('with a time zone that is not known here are kept all the same, by the zone that was known before', async () => {
    const { settings, file, reopen } = await open();
    const unknown = { timeZone: 'Mars/Olympus_Mons' };
    expect(await settings.change({ dayBudget: 3, ...unknown })).toMatchObject({ dayBudget: 3, timeZone: null });
    await settings.change({ timeZone: 'Europe/Berlin' });
    expect(await settings.change({ dayBudget: 4, ...unknown })).toMatchObject({
      dayBudget: 4,
      timeZone: 'Europe/Berlin',
    });
    // Written by a server that knew more zones.
    await writeFile(file, JSON.stringify({ dayBudget: 5, ...unknown }));
    const later = await reopen();
    expect([later.warning, later.get()]).toEqual([null, { ...defaultSettings, dayBudget: 5 }]);
  });

  it.each([
    [{ inFlight: 0 }, /inFlight/],
    [{ service: 'cheapest' }, /service/],
    [{ baseUrl: 'ftp://example.com' }, /baseUrl/],
    [{ baseUrl: 'http://example.com' }, /must begin with https/],
    [{ baseUrl: 'https://me:secret@example.com' }, /user name or password/],
    ['text', /settings cannot be used/],
  ])('refuse %j and stay as they were', async (change, message) => {
    const { settings } = await open();
    await expect(settings.change(change)).rejects.toThrow(message);
    expect(settings.get()).toEqual(defaultSettings);
  });

  it('take plain http on this machine', async () => {
    const { settings } = await open();
    expect(await settings.change({ baseUrl: 'http://127.0.0.1:9000' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:9000',
    });
  });

  it.each(['{"inFlight":', '{"inFlight":"many"}', '', '\0\0'])(
    'that cannot be read (%j) are set aside, not lost',
    async (content) => {
      const { settings, folder } = await open(content);
      expect(settings.get()).toEqual(defaultSettings);
      const aside = 'settings.unreadable-2031-02-03T04-05-06-007Z.json';
      expect(settings.warning).toContain(aside);
      expect(await readdir(folder)).toEqual([aside]);
      expect(await readFile(join(folder, aside), 'utf8')).toBe(content);
    },
  );
});

describe('the token', () => {
  const openIn = async (fromEnvironment: string | null = null) => {
    const file = join(await temporaryFolder(), 'token');
    return {
      file,
      token: await openToken({ file, fromEnvironment }),
      reopen: () => openToken({ file, fromEnvironment }),
    };
  };

  it('lies in a file that only its owner may read, and is there after a restart', async () => {
    const { file, token, reopen } = await openIn();
    expect(token.state()).toEqual({ present: false, source: 'none' });
    await token.set('  rc-secret-1  ');
    expect(token.state()).toEqual({ present: true, source: 'file' });
    // Windows knows owners, but not these bits.
    expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect((await reopen()).revealForRequest()).toBe('rc-secret-1');
    await token.remove();
    expect((await reopen()).state()).toEqual({ present: false, source: 'none' });
  });

  it('of the environment wins and is not written anywhere', async () => {
    const { file, token } = await openIn('from-shell');
    expect(token.state()).toEqual({ present: true, source: 'environment' });
    await expect(token.set('other')).rejects.toMatchObject({ code: 'token-from-environment' });
    await expect(token.remove()).rejects.toMatchObject({ code: 'token-from-environment' });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(token.revealForRequest()).toBe('from-shell');
  });

  it.each(['', 'two words', 'line\nbreak', 'ümlaut', 'x'.repeat(4097), '\u0000'])(
    'refuses %j without repeating it',
    async (text) => {
      const { token } = await openIn();
      const refused = await token.set(text).catch((error: Error) => error);
      expect(refused).toMatchObject({ code: 'bad-token' });
      // An empty text is in every message.
      expect((refused as Error).message).not.toContain(text || 'undefined');
      expect(token.state().present).toBe(false);
    },
  );
});
