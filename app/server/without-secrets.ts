/**
 * The same value without what must not leave this machine: the token, and the signature in an address that would open
 * a private file for whoever reads it. Values that hold neither come back unchanged in content.
 */
export function withoutSecrets<T>(value: T, secret: string | null): T {
  const clean = (text: string): string => {
    // A secret of a few letters would be found in ordinary words.
    const safe = secret && secret.length >= 8 ? text.replaceAll(secret, '…') : text;
    return safe.replace(/https?:\/\/[^\s"'<>]+\?[^\s"'<>]+/g, withoutSignature);
  };
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? clean(part) : part))) as T;
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
