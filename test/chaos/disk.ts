import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const megabytes = 64;
const block = Buffer.alloc(1 << 20, 1);

export type Disk = ReturnType<typeof openDisk>;

/**
 * A small disk of its own for the data folders, where the system lets us mount one; else a plain folder, which can
 * neither be full nor read-only.
 */
export function openDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'editloom-chaos-'));
  const isMounted = run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  const ballast = join(folder, 'ballast');
  const readOnly = new Set<string>();

  function unmount(target: string): void {
    if (!run('umount', target)) run('umount', '-l', target);
  }

  const disk = {
    folder,
    /** Why faults of the disk are left out; null where they are not. */
    missing: isMounted ? null : 'skipped: disk full, read-only folder (this system does not let us mount a small disk)',
    /** Leaves so many bytes, or none. */
    fill(spare = 0): void {
      const file = openSync(ballast, 'w');
      try {
        for (let size = block.length; size >= 4096;) {
          try {
            if (writeSync(file, block, 0, size) < size) size /= 4;
          } catch {
            size /= 4;
          }
        }
      } finally {
        closeSync(file);
      }
      if (spare > 0) spawnSync('truncate', ['-s', `-${spare}`, ballast]);
    },
    free: (): void => rmSync(ballast, { force: true }),
    /** Nothing can be opened for writing below it any more. What is open already stays so, as Linux has it. */
    makeReadOnly(target: string): void {
      mkdirSync(target, { recursive: true });
      if (readOnly.has(target) || !run('mount', '--bind', target, target)) return;
      readOnly.add(target);
      run('mount', '-o', 'remount,bind,ro', target);
    },
    makeWritable(): void {
      for (const target of readOnly) unmount(target);
      readOnly.clear();
    },
    close(): void {
      disk.makeWritable();
      if (isMounted) unmount(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return disk;
}

function run(program: string, ...args: string[]): boolean {
  return process.platform === 'linux' && spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
