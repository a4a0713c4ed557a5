import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StartError } from '../../../src/cli/process/start-error.js';

/**
 * This user's folder in the system's temporary one, `/tmp/lowwater-<uid>`, which every user may enter and read.
 *
 * @throws StartError when another user has made a folder of that name
 */
export function createPrivateTempDir(): string {
  const uid = process.getuid?.() ?? 0;
  const folder = path.join(os.tmpdir(), `lowwater-${uid}`);
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (process.getuid && found.uid !== uid)) {
    throw new StartError(`${folder} belongs to another user.`, 'Remove that folder, or set TMPDIR to another place.');
  }
  chmodSync(folder, 0o755);
  return folder;
}
