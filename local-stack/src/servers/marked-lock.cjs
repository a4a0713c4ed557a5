// The one file lock. Plain JavaScript, because it also guards the build that would have to compile it (scripts/prepare.mjs).
const { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

/**
 * One process, distinguished from a later one that was given the same number.
 * @typedef {{ pid: number, startedAt: string }} ProcessMark
 */

/**
 * The lock whose holders are known by these marks.
 *
 * @param {(pid: number) => ProcessMark | null} markProcess the mark of a running process; null when there is none
 */
function createFileLock(markProcess) {
  /**
   * Runs `work` while no other process of this machine runs work under the same lock file. A lock whose holder is gone is
   * taken over.
   *
   * @template T
   * @param {string} file the lock file; holds the mark of its holder
   * @param {() => Promise<T>} work
   * @param {(holder: number) => void} [onWait] called once when another process has to be waited for
   * @returns {Promise<T>}
   */
  async function withFileLock(file, work, onWait) {
    let isAnnounced = false;
    for (;;) {
      const lock = tryFileLock(file);
      if ('release' in lock) {
        process.once('exit', lock.release);
        try {
          return await work();
        } finally {
          process.removeListener('exit', lock.release);
          lock.release();
        }
      }
      if (lock.heldBy && !isAnnounced) {
        isAnnounced = true;
        onWait?.(lock.heldBy.pid);
      }
      await delay(100);
    }
  }

  /**
   * Takes a lock if it is free.
   *
   * @param {string} file
   * @returns {{ release(): void } | { heldBy: ProcessMark | null }} how to give it back, or who holds it (null: a process that
   * has just released it)
   */
  function tryFileLock(file) {
    if (!take(file)) return { heldBy: readHolder(file) };
    return { release: () => rmSync(file, { force: true }) };
  }

  /**
   * Takes the lock by linking a complete file to its name: a half-written one is never read.
   * @param {string} file
   */
  function take(file) {
    const holder = readHolder(file);
    const isHeld = holder !== null && markProcess(holder.pid)?.startedAt === holder.startedAt;
    if (isHeld || (holder && !removeStale(file, holder))) return false;
    const own = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true });
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

  return { withFileLock, tryFileLock };
}

/**
 * Removes the lock of a holder that is gone. It is moved aside first: where another process was quicker and the lock already
 * belongs to it, it is put back.
 *
 * @param {string} file
 * @param {ProcessMark} stale
 */
function removeStale(file, stale) {
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

/**
 * @param {string} file
 * @returns {ProcessMark | null}
 */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

module.exports = { createFileLock };
