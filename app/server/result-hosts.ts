/** Whether this host may hold results: RunComfy's own (as its command-line client allows them), and those that were configured. */
export function isResultHost(hostname: string, configured: readonly string[] = []): boolean {
  const name = hostname.toLowerCase();
  if (/\.runcomfy\.(net|com)$/.test(name)) return true;
  return configured.some((wanted) => (wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : name === wanted));
}

/** Whether a result may be fetched from this address: by https from a known host, or from the configured service itself. */
export function mayHoldResults(text: string, baseUrl: string, configured: readonly string[] = []): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  if (url.origin === new URL(baseUrl).origin) return true;
  return url.protocol === 'https:' && url.port === '' && isResultHost(url.hostname, configured);
}
