import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tryFileLock } from '../../embedded/file-lock.js';
import { isRunning, type ProcessMark } from '../../embedded/processes.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { ReadyLine } from './ready-line.js';

/**
 * What a running `lowwater start` lets other commands know: the settings by which they reach its parts, and its
 * addresses. Holds secrets; readable by its owner alone.
 */
export type Instance = {
  owner: ProcessMark;
  settings: Record<string, string>;
  addresses: ReadyLine;
};

/** This process's hold on a data folder. */
export type InstanceClaim = {
  publish(settings: Record<string, string>, addresses: ReadyLine): void;
  release(): void;
};

/**
 * Takes a data folder for this process.
 *
 * @throws CommandError (conflict) naming the process that has it, and where its API is
 */
export function claimInstance(dataDir: string): InstanceClaim {
  const lock = tryFileLock(path.join(dataDir, 'lock'));
  if (!('release' in lock)) {
    const running = readInstance(dataDir);
    const who = `${lock.heldBy ? `process ${lock.heldBy.pid}` : 'another process'}`;
    throw new CommandError(
      exitCodes.conflict,
      `Lowwater already runs in ${dataDir} (${who}${running ? `, ${running.addresses.api}` : ''}).\n` +
        `  What to do: use that one, stop it${lock.heldBy ? ` (kill ${lock.heldBy.pid})` : ''}, or choose another folder ` +
        'with --data-dir and free ports with --port 0.',
    );
  }
  const file = instanceFile(dataDir);
  rmSync(file, { force: true });
  return {
    publish: (settings, addresses) => {
      // The lock holds the mark of this process.
      const owner = JSON.parse(readFileSync(path.join(dataDir, 'lock'), 'utf8')) as ProcessMark;
      writeFileSync(file, JSON.stringify({ owner, settings, addresses } satisfies Instance), { mode: 0o600 });
    },
    release: () => {
      rmSync(file, { force: true });
      lock.release();
    },
  };
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
