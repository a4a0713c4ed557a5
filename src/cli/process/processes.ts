import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * One process, distinct from a later one that was given the same number: `startedAt` is when the system says that it
 * began, in whatever form the system has (never compared with a clock).
 */
export type ProcessMark = { pid: number; startedAt: string };

/** The mark of a running process; null when there is none of that number, or only its remains. */
export function markProcess(pid: number): ProcessMark | null {
  const startedAt = process.platform === 'linux' ? startedAtOnLinux(pid) : startedAtElsewhere(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** Whether exactly this process is still running. */
export function isRunning(mark: ProcessMark): boolean {
  return markProcess(mark.pid)?.startedAt === mark.startedAt;
}

/** The command line of a running process, its arguments joined by spaces; null when it cannot be had. */
export function commandLineOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || null;
    }
    return ps(pid, 'command');
  } catch {
    return null;
  }
}

/** The number of a process's parent; null when the process is gone. */
export function parentOf(pid: number): number | null {
  try {
    const text = process.platform === 'linux' ? (statFields(pid)[1] ?? '') : (ps(pid, 'ppid') ?? '');
    return /^\d+$/.test(text) ? Number(text) : null;
  } catch {
    return null;
  }
}

/** A signal, and how long its receiver has to end before the next one, in milliseconds. */
export type StopStep = { signal: NodeJS.Signals; waitMs: number };

/**
 * Ends a process by the given signals, gentlest first, and waits until it is gone.
 *
 * @returns whether it is gone
 */
export async function endProcess(mark: ProcessMark, steps: readonly StopStep[]): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isRunning(mark)) return true;
    try {
      process.kill(mark.pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      return true;
    }
    const deadline = performance.now() + waitMs;
    while (performance.now() < deadline) {
      if (!isRunning(mark)) return true;
      await delay(25);
    }
  }
  return !isRunning(mark);
}

/** Field 22 of /proc/PID/stat counts clock ticks since the boot, so the boot is named too. */
function startedAtOnLinux(pid: number): string | null {
  try {
    const fields = statFields(pid);
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || ticks === undefined) return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}+${ticks}`;
  } catch {
    return null;
  }
}

/** /proc/PID/stat from its third field on: the second is a name in parentheses that may hold spaces and parentheses. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function startedAtElsewhere(pid: number): string | null {
  try {
    const state = ps(pid, 'state');
    return state === null || state.startsWith('Z') ? null : ps(pid, 'lstart');
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio }).trim() || null;
}
