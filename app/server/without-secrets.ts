import { createRedact } from './redact.ts';

/**
 * The same value without what must not leave this machine: the token, and the signature in an address that would open
 * a private file for whoever reads it. Values that hold neither come back unchanged in content.
 */
export function withoutSecrets<T>(value: T, secret: string | null): T {
  const redact = createRedact(() => secret);
  const clean = (text: string): string => redact(text).replace(/https?:\/\/[^\s"'<>]+\?[^\s"'<>]+/g, withoutSignature);
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => cleaned(part, clean))) as T;
}

/** Names of fields are text as well. */
function cleaned(part: unknown, clean: (text: string) => string): unknown {
  if (typeof part === 'string') return clean(part);
  if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
  const names = Object.keys(part);
  if (names.every((name) => clean(name) === name)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [clean(name), value]));
}

const signs =
  /^(x-amz-|x-goog-|signature$|sig$|token$|access_token$|api_?key$|awsaccesskeyid$|policy$|key-pair-id$|expires$)/i;

function withoutSignature(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const names = [...url.searchParams.keys()];
  const isSigned = names.some((name) => signs.test(name) && !/^expires$/i.test(name));
  return isSigned ? url.origin + url.pathname : address;
}
