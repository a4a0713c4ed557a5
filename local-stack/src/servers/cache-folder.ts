import { accessSync, constants, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../../src/version.js';

/**
 * A folder for what can always be fetched again: `.cache/<name>` of the project, or one in the system's temporary
 * folder where the project may not be written (an image, a shared installation).
 */
export function cacheFolder(name: string): string {
  const folder = path.join(projectRoot, '.cache', name);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const fallback = path.join(os.tmpdir(), `lowwater-cache-${process.getuid?.() ?? 0}`, name);
    mkdirSync(fallback, { recursive: true, mode: 0o700 });
    return fallback;
  }
}
