import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../../app/server/data-lock.ts';
import { readEnvironment } from '../../../app/server/environment.ts';
import { temporaryFolder } from '../../support/pictures.ts';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toEqual({
      port: 5174,
      dataFolder: join(homedir(), '.editloom'),
      outputsFolder: join(homedir(), '.editloom', 'outputs'),
      baseUrl: 'https://model-api.runcomfy.net',
      offlineDelay: 0,
      token: null,
      bucket: null,
    });
  });

  it('takes either name of the token, and an empty variable for none', () => {
    expect(readEnvironment({ RUNCOMFY_TOKEN: 'a' }).token).toBe('a');
    expect(readEnvironment({ RUNCOMFY_TOKEN: 'a', RUNCOMFY_API_TOKEN: 'b' }).token).toBe('b');
    expect(readEnvironment({ RUNCOMFY_API_TOKEN: '', PORT: '' })).toMatchObject({ token: null, port: 5174 });
  });

  it.each([
    [{ PORT: 'http' }, /PORT cannot be used: Expected a port number/],
    [{ PORT: '70000' }, /PORT/],
    [{ HOST: '0.0.0.0' }, /on this machine only/],
    [{ HOST: '192.168.1.5' }, /on this machine only/],
    [{ HOST: '127.0.0.1.evil.example' }, /on this machine only/],
    [{ EDITLOOM_BASE_URL: 'runcomfy' }, /EDITLOOM_BASE_URL/],
    [{ EDITLOOM_BASE_URL: 'http://model-api.example' }, /EDITLOOM_BASE_URL.*https:/],
    [{ EDITLOOM_OFFLINE_DELAY: '2' }, /EDITLOOM_OFFLINE_DELAY/],
    [
      { EDITLOOM_S3_ENDPOINT: 'https://s3.example', EDITLOOM_S3_BUCKET: 'b' },
      /EDITLOOM_S3_ACCESS_KEY and EDITLOOM_S3_SECRET_KEY/,
    ],
  ])('refuses %j with a sentence', (variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });
});

describe('the lock of the data folder', () => {
  it('is held by one server at a time and given back when it ends', async () => {
    const folder = await temporaryFolder();
    const unlock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(/in use by another Editloom/);
    unlock();
    lockDataFolder(folder)();
  });
});
