import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Chromium itself logs when the server is killed under it. */
const caused = /^Failed to load resource|net::ERR_/;

/** The console of the pages: nothing may be there but what we did to the network. */
export function checkComplaints(complaints: readonly string[]): string[] {
  const unexpected = new Set(complaints.filter((text) => !caused.test(text)));
  return [...unexpected].map((text) => `Console: ${text.slice(0, 1500)}`);
}

/** A full or read-only disk may be named with its place in the code: that is how the server says where it hurts. */
const disk =
  /StorageError|ENOSPC|EROFS|SQLITE_FULL|SQLITE_READONLY|SQLITE_IOERR|SQLITE_CANTOPEN|database or disk is full|readonly database|disk I\/O|unable to open database|disk is full|read-only|could not be written|"status":507/i;

/** The server's output: no rejection that nobody handled, no fault of ours, no token. */
export function checkOutput(output: string, token: string): string[] {
  const lines = output.split('\n');
  const violations = new Set<string>();
  let said = '';
  lines.forEach((line, i) => {
    const isTrace = /^\s+(at |\.\.\. \d+ lines matching)/.test(line);
    const context = lines.slice(i, i + 8).join('\n');
    if (!isTrace) said = line;
    if (line.includes('UNHANDLED REJECTION') && !disk.test(context)) violations.add(`Unhandled rejection: ${context}`);
    else if (isTrace && !disk.test(said) && said.trim() !== '') {
      violations.add(`Stack trace: ${said}\n${context}`);
      said = '';
    }
    if (line.includes(token)) violations.add(`Token in the output: ${line.slice(0, 200)}`);
  });
  return [...violations].slice(0, 5);
}

/** The log on disk: no fault but those of the disk that we filled or locked, and no token. */
export function checkLog(data: string, token: string): string[] {
  const folder = join(data, 'logs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const lines = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const bad = lines.filter(
    (line) => line.includes(token) || (isWhole(line) && /"level":"(error|fatal)"/.test(line) && !disk.test(line)),
  );
  return [...new Set(bad)].slice(0, 5).map((line) => `Log: ${line.slice(0, 800)}`);
}

/** A full disk tears a line in the middle, before it comes to what was wrong. */
function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
