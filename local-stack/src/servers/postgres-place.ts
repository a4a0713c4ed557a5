import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPrivateTempDir } from './own-folder.js';
import { closedFolder, ownerOf, postgresUser } from './run-as.js';
import type { RunAs } from './server-process.js';
import { StartError } from '../../../src/cli/process/start-error.js';

/** Where clusters of root go whose data folder no other user may enter. */
const elsewhere = ['/var/lib/lowwater', '/var/tmp/lowwater'];

/** A cluster so young may be just being made. */
const UNCLAIMED_MS = 60_000;

/**
 * Where the cluster of a data folder lies: in its `cluster`, unless PostgreSQL's user (see postgresUser) may not pass
 * through a folder on the way there. Then the cluster is kept where it may, and `cluster-place` in the data folder says
 * where; a data folder that was removed thus never meets an old cluster.
 *
 * @returns the cluster's folder, which exists from the second start on, and its owner
 * @throws StartError when a cluster is there and its owner cannot reach it
 */
export function resolveClusterDir(
  dataDir: string,
  log: (line: string) => void,
): { folder: string; owner: RunAs | null } {
  const note = noteOf(dataDir);
  const inside = path.join(path.resolve(dataDir), 'cluster');
  const folder = existsSync(note) ? readFileSync(note, 'utf8').trim() : inside;
  const owner = ownerOf(folder);
  const uid = process.getuid?.();
  if (owner && uid !== undefined && uid !== 0 && owner.uid !== uid) {
    throw new StartError(
      `The database in ${folder} belongs to another user (${owner.uid}); PostgreSQL would refuse it.`,
      'Run as that user or as root, or choose another folder with --data-dir.',
    );
  }
  const user = postgresUser(owner);
  if (!user) return { folder, owner };
  let closed = closedFolder(path.dirname(folder), user);
  if (closed === path.resolve(dataDir)) {
    // This one is ours. Passing through is no reading: what is secret in it is closed file by file.
    chmodSync(closed, 0o711);
    closed = closedFolder(path.dirname(folder), user);
  }
  if (closed === null) return { folder, owner };
  if (owner) {
    throw new StartError(
      `PostgreSQL runs as user ${user.uid}, who can't enter ${closed}, where its database is.`,
      `Allow it (chmod o+x ${closed}), or move the data folder to a place that all users can enter.`,
    );
  }
  const place = path.join(newPlace(path.resolve(dataDir), user), 'cluster');
  writeFileSync(note, `${place}\n`, { mode: 0o600 });
  log(`PostgreSQL can't enter ${closed}, so its database is kept in ${place}.`);
  return { folder: place, owner: null };
}

function newPlace(dataDir: string, user: RunAs): string {
  // A data folder that is not meant to last does not fill places that last.
  const isTemporary = dataDir.startsWith(`${os.tmpdir()}${path.sep}`);
  const bases = isTemporary ? [path.join(createPrivateTempDir(), 'clusters')] : elsewhere;
  if (isTemporary) bases.forEach(removeForgotten);
  const reasons: string[] = [];
  for (const base of bases) {
    try {
      mkdirSync(base, { recursive: true, mode: 0o711 });
      const folder = mkdtempSync(path.join(base, 'data-'));
      chmodSync(folder, 0o711);
      writeFileSync(path.join(folder, 'data-dir'), dataDir, { mode: 0o600 });
      if (closedFolder(folder, user) === null) return folder;
      reasons.push(`${base} can't be entered`);
    } catch (error) {
      reasons.push(String(error));
    }
  }
  throw new StartError(
    `No place was found for the database: ${reasons.join('; ')}.`,
    'Choose a data folder that all users can enter, with --data-dir.',
  );
}

/** Removes clusters whose data folder, a temporary one, is gone or has another by now. */
function removeForgotten(base: string): void {
  if (!existsSync(base)) return;
  for (const name of readdirSync(base)) {
    const folder = path.join(base, name);
    if (Date.now() - statSync(folder).mtimeMs < UNCLAIMED_MS || isClaimed(folder)) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the data folder that a cluster was made for still says that it is there, or a server runs on it. */
function isClaimed(folder: string): boolean {
  try {
    const note = noteOf(readFileSync(path.join(folder, 'data-dir'), 'utf8'));
    if (readFileSync(note, 'utf8').trim() === path.join(folder, 'cluster')) return true;
  } catch {
    // No data folder, or no note in it.
  }
  return existsSync(path.join(folder, 'cluster', 'postmaster.pid'));
}

function noteOf(dataDir: string): string {
  return path.join(dataDir, 'cluster-place');
}
