import { readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dist } from './dist.mjs';
import { waitFor } from './wait.mjs';

const { isRunning, markProcess, parentOf } = dist('cli/process/processes.js');

/**
 * Stops all processes of a PostgreSQL server where they are (SIGSTOP): connections stay open and nothing is answered.
 *
 * @returns resumes them (SIGCONT)
 */
export function stallDatabase(pid) {
  // First the parent, so that it starts no further process while its children are listed.
  signalProcess(pid, 'SIGSTOP');
  const children = childrenOf(pid);
  for (const child of children) signalProcess(child, 'SIGSTOP');
  return () => {
    for (const stopped of [...children, pid]) signalProcess(stopped, 'SIGCONT');
  };
}

/** Ends all processes of a PostgreSQL server at once (SIGKILL) and waits until they are gone. */
export async function killDatabase(pid) {
  signalProcess(pid, 'SIGSTOP');
  const processes = [...childrenOf(pid), pid];
  const marks = processes.map((one) => markProcess(one)).filter((mark) => mark !== null);
  for (const one of processes) signalProcess(one, 'SIGKILL');
  // A process that still holds the shared memory would keep the next server from starting.
  const gone = await waitFor(() => (marks.some(isRunning) ? null : true), { withinMs: 30_000, everyMs: 20 });
  if (!gone) throw new Error(`PostgreSQL (process ${pid}) is still there after SIGKILL`);
}

function childrenOf(pid) {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((candidate) => parentOf(candidate) === pid);
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
}

function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
