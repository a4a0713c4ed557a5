import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryFileLock } from '../servers/file-lock.js';
import { writeWhole } from '../servers/write-whole.js';
import { markProcess, type ProcessMark } from '../../../src/cli/process/processes.js';
import { CommandError, exitCodes } from '../../../src/cli/exit-codes.js';
import { instanceFile, readInstance, type RunningInstance } from '../../../src/cli/running-instance.js';
import { hasLauncherExited } from '../../../src/cli/process/launcher.js';
import { printStatus } from '../../../src/cli/terminal.js';
import type { ReadyLine } from './ready-line.js';

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
  for (let isAnnounced = false; !('release' in lock); lock = tryFileLock(lockFile)) {
    const running = readInstance(dataDir);
    const settled = running !== null && !hasLauncherExited(running.launcher);
    if (settled || performance.now() > deadline) throw conflict(dataDir, lock.heldBy, running);
    if (!isAnnounced)
      printStatus(`Waiting for process ${lock.heldBy?.pid ?? '?'}, which is starting or stopping in ${dataDir}.`);
    isAnnounced = true;
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
      const instance: RunningInstance & { addresses: ReadyLine } = { owner, launcher, settings, addresses };
      writeWhole(file, JSON.stringify(instance));
    },
    withdraw,
    release,
  };
}

function conflict(dataDir: string, holder: ProcessMark | null, running: RunningInstance | null): CommandError {
  const who = `${holder ? `process ${holder.pid}` : 'another process'}${running ? `, ${running.addresses.api}` : ''}`;
  return new CommandError(
    exitCodes.conflict,
    `Lowwater is already running in ${dataDir} (${who}).\n` +
      `  What to do: use that one, stop it${holder ? ` (kill ${holder.pid})` : ''}, or start another one with ` +
      '--data-dir ANOTHER_FOLDER --port 0.',
  );
}
