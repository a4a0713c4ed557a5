import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { say } from './project.mjs';

const { createFileLock } = createRequire(import.meta.url)('../../local-stack/src/servers/marked-lock.cjs');
const { withFileLock } = createFileLock(markProcess);

/** Runs `work` while no other process prepares the same folder. */
export function withLock(file, work) {
  return withFileLock(file, work, (holder) => say(`Waiting for process ${holder}, which prepares the same folder.`));
}

function markProcess(pid) {
  const since = startedAt(pid);
  return since === null ? null : { pid, startedAt: since };
}

/**
 * Distinguishes a process from a later one of the same number; where the system does not say when, any process counts.
 */
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
