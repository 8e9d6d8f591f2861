/** Below this a secret would be found in ordinary words. */
const shortest = 8;

/**
 * Puts … in place of a secret wherever it stands in a text: as it is, backwards, in hexadecimal digits, in base64 at any
 * offset, and with any of its characters escaped as JSON, URLs or HTML do.
 */
export function createRedact(secret: () => string | null): (text: string) => string {
  let known: { secret: string; patterns: RegExp[] } | null = null;
  return (text) => {
    const now = secret();
    if (now === null || now.length < shortest) return text;
    if (known?.secret !== now) known = { secret: now, patterns: secretPatterns(now) };
    const { patterns } = known;
    const clean = (part: string) => patterns.reduce((cleaned, pattern) => cleaned.replace(pattern, '…'), part);
    if (text.length < 1_000_000) return clean(text);
    return text
      .split(picture)
      .map((part, index) => (index % 2 === 0 ? clean(part) : part))
      .join('');
  };
}

/** A picture inside of an answer is millions of letters, through which the patterns would take seconds. */
const picture = /([\w+/]{4096,}={0,2})/;

/** A pattern too long for the engine would be quoted in its complaint, so a long secret is looked for in pieces. */
const longestPiece = 120;

/** Every spelling of the secret that we know of; more than one pattern where it is long. */
export function secretPatterns(secret: string): RegExp[] {
  const count = Math.ceil(secret.length / longestPiece);
  const length = Math.ceil(secret.length / count);
  return Array.from({ length: count }, (_, index) => patternOf(secret.slice(index * length, (index + 1) * length)));
}

function patternOf(piece: string): RegExp {
  const bytes = Buffer.from(piece, 'latin1');
  const spellings = [
    spelled(piece),
    spelled([...piece].reverse().join('')),
    anyCase(bytes.toString('hex')),
    ...[0, 1, 2].map((offset) => spelled(base64Core(bytes, offset))),
  ];
  return new RegExp(spellings.join('|'), 'g');
}

/** What stays the same in base64 whatever stands `offset` bytes before and anything behind. */
function base64Core(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** A pattern for the text with each character plain or escaped: \u0041, \x41, %41, %2541, &#65;, &#x41;, \/. */
function spelled(text: string): string {
  return [...text]
    .map((character) => {
      // The two signs in which base64 for URLs differs stand for each other.
      const plain = /[+-]/.test(character) ? '[+-]' : /[/_]/.test(character) ? '[/_]' : escaped(character);
      const code = character.charCodeAt(0);
      const hex = anyCase(code.toString(16).padStart(2, '0'));
      return `(?:\\\\{0,4}(?:${plain}|u00${hex}|x${hex})|%(?:25)*${hex}|&#(?:0*${code}|[xX]0*${hex});)`;
    })
    .join('');
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

const anyCase = (hex: string): string => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
