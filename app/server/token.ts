import { chmod, readFile, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { asideName } from './durable/aside-name.ts';
import type { SetAsideList } from './durable/set-aside.ts';
import { StartRefused } from './environment.ts';
import { errorCode, writeWhole } from './write-file.ts';

export class TokenRefused extends Error {
  override name = 'TokenRefused';
  readonly code: 'bad-token' | 'token-from-environment';
  constructor(code: 'bad-token' | 'token-from-environment', message: string) {
    super(message);
    this.code = code;
  }
}

export interface TokenStore {
  /** For the Authorization header alone: whoever calls this may neither log nor return it. */
  revealForRequest: () => string | null;
  state: () => { present: boolean; source: 'environment' | 'file' | 'none' };
  set: (token: string) => Promise<void>;
  remove: () => Promise<void>;
}

interface TokenOptions {
  file: string;
  fromEnvironment: string | null;
  now?: () => Date;
  /** Told of a file that could not be read. */
  onSetAside?: SetAsideList['add'];
}

/** The API token: from the environment, else from a file that only its owner may read. Nothing here ever prints it. */
export async function openToken(options: TokenOptions): Promise<TokenStore> {
  const { file, fromEnvironment } = options;
  if (fromEnvironment !== null && !isTokenShaped(fromEnvironment)) {
    throw new TokenRefused('bad-token', `The token in the environment cannot be used: ${expectedShape}`);
  }
  let inFile = await readTokenFile(options);

  const refuseWhileInEnvironment = () => {
    if (fromEnvironment === null) return;
    throw new TokenRefused(
      'token-from-environment',
      'The token comes from the environment variable RUNCOMFY_API_TOKEN (or RUNCOMFY_TOKEN), so it cannot be changed here. ' +
        'Remove the variable and start Editloom again.',
    );
  };

  return {
    revealForRequest: () => fromEnvironment ?? inFile,
    state() {
      if (fromEnvironment !== null) return { present: true, source: 'environment' };
      return inFile === null ? { present: false, source: 'none' } : { present: true, source: 'file' };
    },
    async set(text) {
      refuseWhileInEnvironment();
      const token = text.trim();
      if (!isTokenShaped(token)) throw new TokenRefused('bad-token', `This is no API token: ${expectedShape}`);
      await writeWhole(file, token, { mode: 0o600 });
      inFile = token;
    },
    async remove() {
      refuseWhileInEnvironment();
      await rm(file, { force: true });
      inFile = null;
    },
  };
}

const expectedShape = 'expected one word of letters, digits and signs without spaces, at most 4096 characters.';

/** Anything else would break the header that carries it. */
const isTokenShaped = (token: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(token);

async function readTokenFile({ file, now = () => new Date(), onSetAside }: TokenOptions): Promise<string | null> {
  try {
    const token = (await readFile(file, 'utf8')).trim();
    // Copied from elsewhere or restored from a backup, it may have become readable for others.
    await chmod(file, 0o600).catch(() => {});
    if (isTokenShaped(token)) return token;
    if (token === '') return null;
    const aside = asideName(file, now());
    await rename(file, aside);
    // Only its name is told: part of it may still be the secret.
    const message = `The file with the token could not be read. It was kept as ${basename(aside)} in the data folder; set the token again under Settings.`;
    onSetAside?.({ what: 'token', message, files: [], keysMayBeLost: false });
    return null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new StartRefused(`The token in ${file} cannot be read (${errorCode(error) ?? String(error)}).`);
  }
}
