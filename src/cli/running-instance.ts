import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, type ProcessMark } from './process/processes.js';

/**
 * What a running `lowwater start` lets other commands know: the settings by which they reach its parts, and its
 * addresses. Holds secrets; readable by its owner alone.
 */
export type RunningInstance = {
  owner: ProcessMark;
  /** what has started it, see findLauncher */
  launcher: ProcessMark[];
  settings: Record<string, string>;
  addresses: { readonly api: string };
};

/** The `lowwater start` that runs in a data folder and is ready; null when there is none. */
export function readInstance(dataDir: string): RunningInstance | null {
  try {
    const instance = JSON.parse(readFileSync(instanceFile(dataDir), 'utf8')) as RunningInstance;
    return isRunning(instance.owner) ? instance : null;
  } catch {
    return null;
  }
}

export function instanceFile(dataDir: string): string {
  return path.join(dataDir, 'instance.json');
}
