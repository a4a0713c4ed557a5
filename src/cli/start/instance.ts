import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryFileLock } from '../../embedded/file-lock.js';
import { isRunning, markProcess, type ProcessMark } from '../../embedded/processes.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { launcherIsGone } from '../launcher.js';
import { say } from '../terminal.js';
import type { ReadyLine } from './ready-line.js';

/**
 * What a running `lowwater start` lets other commands know: the settings by which they reach its parts, and its
 * addresses. Holds secrets; readable by its owner alone.
 */
type Instance = {
  owner: ProcessMark;
  /** what has started it, see findLauncher */
  launcher: ProcessMark[];
  settings: Record<string, string>;
  addresses: ReadyLine;
};

/** This process's hold on a data folder. */
type InstanceClaim = {
  publish(settings: Record<string, string>, addresses: ReadyLine): void;
  /** Says that it is being stopped: other commands find it no more, and the next start waits. */
  withdraw(): void;
  release(): void;
};

/** A start or a stop that takes longer than this is not waited for. */
const SETTLE_MS = 60_000;

/**
 * Takes a data folder for this process. One that is just being left is waited for.
 *
 * @param launcher of this process
 * @throws CommandError (conflict) naming the process that has it, and where its API is
 */
export async function claimInstance(dataDir: string, launcher: ProcessMark[]): Promise<InstanceClaim> {
  const lockFile = path.join(dataDir, 'lock');
  const deadline = performance.now() + SETTLE_MS;
  let lock = tryFileLock(lockFile);
  for (let told = false; !('release' in lock); lock = tryFileLock(lockFile)) {
    const running = readInstance(dataDir);
    const settled = running !== null && !launcherIsGone(running.launcher);
    if (settled || performance.now() > deadline) throw conflict(dataDir, lock.heldBy, running);
    if (!told) say(`Waiting for process ${lock.heldBy?.pid ?? '?'}, which is being started or stopped in ${dataDir}.`);
    told = true;
    await delay(200);
  }
  const { release } = lock;
  const file = instanceFile(dataDir);
  const withdraw = (): void => rmSync(file, { force: true });
  withdraw();
  return {
    publish: (settings, addresses) => {
      const owner = markProcess(process.pid);
      if (!owner) throw new Error('this process has no mark');
      const instance: Instance = { owner, launcher, settings, addresses };
      writeFileSync(file, JSON.stringify(instance), { mode: 0o600 });
    },
    withdraw,
    release,
  };
}

function conflict(dataDir: string, holder: ProcessMark | null, running: Instance | null): CommandError {
  const who = `${holder ? `process ${holder.pid}` : 'another process'}${running ? `, ${running.addresses.api}` : ''}`;
  return new CommandError(
    exitCodes.conflict,
    `Lowwater already runs in ${dataDir} (${who}).\n` +
      `  What to do: use that one, stop it${holder ? ` (kill ${holder.pid})` : ''}, or choose another folder with ` +
      '--data-dir and free ports with --port 0.',
  );
}

/** The `lowwater start` that runs in a data folder and is ready; null when there is none. */
export function readInstance(dataDir: string): Instance | null {
  try {
    const instance = JSON.parse(readFileSync(instanceFile(dataDir), 'utf8')) as Instance;
    return isRunning(instance.owner) ? instance : null;
  } catch {
    return null;
  }
}

function instanceFile(dataDir: string): string {
  return path.join(dataDir, 'instance.json');
}
