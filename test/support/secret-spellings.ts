/** How a secret may stand in bytes: written independently of what takes it out. */
export function spellingsOf(secret: string): { name: string; bytes: Buffer }[] {
  const raw = Buffer.from(secret);
  const codes = [...secret].map((sign) => sign.charCodeAt(0));
  const hex = (code: number) => code.toString(16).padStart(2, '0');
  const texts: Record<string, string> = {
    plain: secret,
    backwards: [...secret].reverse().join(''),
    hexadecimal: raw.toString('hex'),
    HEXADECIMAL: raw.toString('hex').toUpperCase(),
    'encoded for URLs': encodeURIComponent(secret),
    'encoded twice': encodeURIComponent(encodeURIComponent(secret)),
    'all percent': codes.map((code) => `%${hex(code)}`).join(''),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in JSON in JSON': JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    'all \\u': codes.map((code) => `\\u00${hex(code)}`).join(''),
    'all \\u backwards': codes
      .map((code) => `\\u00${hex(code)}`)
      .reverse()
      .join(''),
    'in HTML': codes.map((code) => `&#${code};`).join(''),
    'in HTML by hex': codes.map((code) => `&#x${hex(code)};`).join(''),
  };
  for (const [offset, before] of ['', 'x', 'xy'].entries()) {
    const whole = Buffer.from(`${before}${secret}zz`).toString('base64');
    // Without the ends, which depend on what stands beside.
    const core = whole.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + raw.length) * 4) / 3));
    texts[`base64 at ${offset}`] = core;
    texts[`base64 for URLs at ${offset}`] = core.replaceAll('+', '-').replaceAll('/', '_');
  }
  return [
    ...Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
    { name: 'UTF-16', bytes: Buffer.from(secret, 'utf16le') },
  ];
}

/** Which spellings of the secret these bytes hold. */
export const spellingsIn = (bytes: Uint8Array | string, secret: string): string[] => {
  const buffer = Buffer.from(bytes as string);
  return spellingsOf(secret).flatMap(({ name, bytes: spelling }) => (buffer.includes(spelling) ? [name] : []));
};
