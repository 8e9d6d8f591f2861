import { isIP } from 'node:net';
import { isLoopback } from '../environment.ts';

interface HostOptions {
  /** Our own port; null where something else listens for us (Vite in development, tests without a socket). */
  port: number | null;
  /** Names besides those of this machine, with or without a port; null = nobody beyond this machine may ask. */
  names: readonly string[] | null;
}

/**
 * Whether a Host header means us. A page of a stranger may point its own name at our address (DNS rebinding), but then
 * its name stands in the Host. An address in digits can be no such trick, so beyond this machine any of them may stand.
 */
export function createHostCheck({ port, names }: HostOptions): (host: string) => boolean {
  const wanted = new Set(names?.map((name) => name.toLowerCase()));
  return (text) => {
    const host = text.toLowerCase();
    const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec(host);
    const name = parts?.[1];
    if (name === undefined) return false;
    if (isLoopback(name) && (port === null || Number(parts?.[2] ?? 80) === port)) return true;
    if (names === null) return false;
    return isLoopback(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || wanted.has(name) || wanted.has(host);
  };
}
