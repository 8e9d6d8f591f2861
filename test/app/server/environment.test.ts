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
      host: '127.0.0.1',
      access: null,
      resultHosts: [],
      logLevel: 'info',
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
    [{ HOST: '0.0.0.0' }, /HOST=0\.0\.0\.0 lets other machines in.*EDITLOOM_PASSWORD/],
    [{ HOST: '::' }, /EDITLOOM_PASSWORD/],
    [{ HOST: '192.168.1.5' }, /EDITLOOM_PASSWORD/],
    [{ HOST: '127.0.0.1.evil.example' }, /EDITLOOM_PASSWORD/],
    [{ EDITLOOM_HOSTS: 'studio.example' }, /EDITLOOM_PASSWORD/],
    [{ EDITLOOM_PROXY: '1' }, /EDITLOOM_PASSWORD/],
    [{ HOST: '0.0.0.0', EDITLOOM_PASSWORD: 'elevensigns' }, /EDITLOOM_PASSWORD cannot be used.*at least 12/],
    [{ EDITLOOM_PASSWORD: 'long enough, it is', EDITLOOM_HOSTS: 'http://studio.example' }, /EDITLOOM_HOSTS/],
    [{ EDITLOOM_RESULT_HOSTS: '*' }, /EDITLOOM_RESULT_HOSTS/],
    [{ EDITLOOM_RESULT_HOSTS: 'cdn.example:8080' }, /EDITLOOM_RESULT_HOSTS/],
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

  it('never repeats a secret that it refuses', () => {
    expect(() => readEnvironment({ EDITLOOM_PASSWORD: 'short-one' })).not.toThrow(/short-one/);
  });

  it('lets others in with a password alone, and knows the names and the proxy', () => {
    const password = 'twelve signs';
    const variables = { HOST: '0.0.0.0', EDITLOOM_PASSWORD: password, EDITLOOM_HOSTS: 'a.example, b.example:8443' };
    expect(readEnvironment(variables)).toMatchObject({
      host: '0.0.0.0',
      access: { password, names: ['a.example', 'b.example:8443'], proxy: false },
    });
    expect(readEnvironment({ EDITLOOM_PASSWORD: password, EDITLOOM_PROXY: '1' }).access).toMatchObject({ proxy: true });
    expect(readEnvironment({ EDITLOOM_RESULT_HOSTS: '*.CDN.example other.example' }).resultHosts).toEqual([
      '*.cdn.example',
      'other.example',
    ]);
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
