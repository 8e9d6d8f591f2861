import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MB and some 50 ms a guess. The hash is never on disk, and guesses through the door are slowed down besides. */
const cost = { N: 2 ** 14, r: 8, p: 1 };

export type PasswordCheck = (attempt: string) => Promise<boolean>;

/**
 * Compares with the password without keeping it: only its salted scrypt hash stays in memory, and comparing takes the
 * same time however much of an attempt is right.
 */
export async function createPasswordCheck(password: string): Promise<PasswordCheck> {
  const salt = randomBytes(16);
  const expected = await hash(password, salt);
  return async (attempt) => timingSafeEqual(await hash(attempt, salt), expected);
}

function hash(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Typed on another keyboard, the same sign may come composed or decomposed.
    scrypt(password.normalize('NFC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
