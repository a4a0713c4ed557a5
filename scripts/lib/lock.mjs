import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './project.mjs';

/**
 * Runs `work` while no other process runs work under the same lock file. A lock whose holder is gone is taken over.
 */
export async function withLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    if (!told) say(`Waiting for process ${read(file)?.pid ?? 'unknown'}, which prepares the same folder.`);
    told = true;
    await delay(200);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** A complete file is linked to the lock's name: nobody ever reads a half-written one. */
function take(file) {
  const holder = read(file);
  if (holder && startedAt(holder.pid) === holder.startedAt) return false;
  const own = `${file}.${process.pid}`;
  if (holder && !removeStale(file, holder, `${own}.stale`)) return false;
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid) }));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves the stale lock aside; puts it back where it has become somebody else's in the meantime. */
function removeStale(file, stale, aside) {
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  const found = read(aside);
  const isStale = found?.pid === stale.pid && found?.startedAt === stale.startedAt;
  if (!isStale) linkSync(aside, file);
  rmSync(aside, { force: true });
  return isStale;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Tells a process from a later one of the same number; where the system does not say when, any process counts. */
function startedAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    if (process.platform === 'linux') return null;
  }
  try {
    process.kill(pid, 0);
    return 'running';
  } catch (error) {
    return error.code === 'EPERM' ? 'running' : null;
  }
}
