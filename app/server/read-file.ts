import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from './write-file.ts';

// Windows lacks the last two, and what is undefined sets no bit; its links need an administrator.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * The bytes of an ordinary file; null for what isn't there, and for a link or a device that somebody has put in its
 * place: what our folders give away shall lie in them.
 */
export async function readOwnFile(file: string): Promise<Buffer | null> {
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    // FreeBSD says EMLINK where others say ELOOP.
    if (['ENOENT', 'ELOOP', 'EMLINK', 'ENXIO'].includes(errorCode(error) ?? '')) return null;
    throw error;
  });
  if (!handle) return null;
  try {
    return (await handle.stat()).isFile() ? await handle.readFile() : null;
  } finally {
    await handle.close();
  }
}
