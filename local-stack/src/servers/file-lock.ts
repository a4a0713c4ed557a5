import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, markProcess, type ProcessMark } from '../../../src/cli/process/processes.js';

/**
 * Runs `work` while no other process of this machine runs work under the same lock file. A lock whose holder is gone is
 * taken over.
 *
 * @param file the lock file; holds the mark of its holder
 * @param onWait called once when another process has to be waited for
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait?: (holder: number) => void,
): Promise<T> {
  let told = false;
  for (;;) {
    const lock = tryFileLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (lock.heldBy && !told) {
      told = true;
      onWait?.(lock.heldBy.pid);
    }
    await delay(100);
  }
}

/**
 * Takes a lock if nobody holds it.
 *
 * @returns how to give it back, or who holds it (null: somebody who has just let go)
 */
export function tryFileLock(file: string): { release(): void } | { heldBy: ProcessMark | null } {
  if (!take(file)) return { heldBy: readHolder(file) };
  return { release: () => rmSync(file, { force: true }) };
}

/** Takes the lock by linking a complete file to its name: nobody ever reads a half-written one. */
function take(file: string): boolean {
  const holder = readHolder(file);
  if (holder && (isRunning(holder) || !removeStale(file, holder))) return false;
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(markProcess(process.pid)), { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes the lock of a holder that is gone. It is moved aside first: where another process was quicker and the lock is
 * already somebody else's, that one goes back.
 */
function removeStale(file: string, stale: ProcessMark): boolean {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  const found = readHolder(aside);
  const isStale = found?.pid === stale.pid && found.startedAt === stale.startedAt;
  if (!isStale) linkSync(aside, file);
  rmSync(aside, { force: true });
  return isStale;
}

function readHolder(file: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark | null;
  } catch {
    return null;
  }
}
