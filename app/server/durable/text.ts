const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * libsql ends the whole process over a text that isn't UTF-8 (damage that SQLite's own checks don't see), so our books are
 * read as `CAST(… AS BLOB)` and decoded here. Null for what is no text.
 */
export function readText(bytes: unknown): string | null {
  if (!isBytes(bytes)) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** What can still be seen of a damaged text. */
export const looseText = (bytes: unknown): string => (isBytes(bytes) ? new TextDecoder().decode(bytes) : '');

const isBytes = (value: unknown): value is ArrayBuffer | Uint8Array =>
  value instanceof ArrayBuffer || value instanceof Uint8Array;
