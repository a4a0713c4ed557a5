import { isPackageScript } from '../../config.js';
import { commandLineOf, isRunning, markProcess, parentOf, type ProcessMark } from './processes.js';

/** How often the launcher is looked for. */
const LOOK_EVERY_MS = 500;

/**
 * The processes between npm and this one, npm first, where npm has started it; else none.
 *
 * npm runs scripts through a shell and passes signals to that shell alone, which ends and leaves its child behind. So
 * a signal to npm would not stop `npm start`.
 */
export function findLauncher(): ProcessMark[] {
  if (!isPackageScript()) return [];
  const chain: ProcessMark[] = [];
  let pid: number | null = process.ppid;
  for (let level = 0; level < 4 && pid !== null && pid > 1; level++) {
    const mark = markProcess(pid);
    if (!mark) break;
    chain.unshift(mark);
    if (/\b(npm|pnpm|yarn|bun)\b/.test(commandLineOf(pid) ?? '')) return chain;
    pid = parentOf(pid);
  }
  return [];
}

/** Whether one of the launcher's processes has gone. */
export function hasLauncherExited(launcher: readonly ProcessMark[]): boolean {
  return launcher.some((mark) => !isThere(mark));
}

/** Resolves when the launcher is gone; never where there is none. Keeps no process alive. */
export function onLauncherExit(launcher: readonly ProcessMark[]): Promise<void> {
  if (launcher.length === 0) return new Promise(() => undefined);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!hasLauncherExited(launcher)) return;
      clearInterval(timer);
      resolve();
    }, LOOK_EVERY_MS);
    timer.unref();
  });
}

/**
 * Asked often, so it must cost next to nothing: only Linux shows cheaply that a process has died and not been buried,
 * or that its number is in use again.
 */
function isThere(mark: ProcessMark): boolean {
  if (process.platform === 'linux') return isRunning(mark);
  try {
    process.kill(mark.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
