import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What OWASP recommends for scrypt at 32 MB: N = 2^15, r = 8, p = 3. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

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
