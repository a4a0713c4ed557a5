import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { closedFolder, ownerOf, postgresUser } from './run-as.js';
import type { RunAs } from './server-process.js';
import { StartError } from './start-error.js';

/** Where clusters of root go whose data folder no other user may enter. */
const elsewhere = ['/var/lib/lowwater', '/var/tmp/lowwater'];

/**
 * Where the cluster of a data folder lies: in its `cluster`, unless PostgreSQL's user (see postgresUser) may not pass
 * through a folder on the way there. Then the cluster is kept where it may, and `cluster-place` in the data folder says
 * where; a data folder that was removed thus never meets an old cluster.
 *
 * @returns the cluster's folder, which exists from the second start on, and its owner
 * @throws StartError when a cluster is there and its owner cannot reach it
 */
export function clusterPlace(dataDir: string, log: (line: string) => void): { folder: string; owner: RunAs | null } {
  const note = path.join(dataDir, 'cluster-place');
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
  const closed = closedFolder(path.dirname(folder), user);
  if (closed === null) return { folder, owner };
  if (owner) {
    throw new StartError(
      `PostgreSQL runs as user ${user.uid}, who may not enter ${closed}, where its database is.`,
      `Allow it (chmod o+x ${closed}), or move the data folder to a place that everybody may enter.`,
    );
  }
  const place = path.join(newPlace(user), 'cluster');
  writeFileSync(note, `${place}\n`, { mode: 0o600 });
  log(`PostgreSQL may not enter ${closed}, so its database is kept in ${place}.`);
  return { folder: place, owner: null };
}

function newPlace(user: RunAs): string {
  const reasons: string[] = [];
  for (const base of elsewhere) {
    try {
      mkdirSync(base, { recursive: true });
      const folder = mkdtempSync(path.join(base, 'data-'));
      chmodSync(folder, 0o711);
      if (closedFolder(folder, user) === null) return folder;
      reasons.push(`${base} may not be entered`);
    } catch (error) {
      reasons.push(String(error));
    }
  }
  throw new StartError(
    `No place was found for the database: ${reasons.join('; ')}.`,
    'Choose a data folder that everybody may enter, with --data-dir.',
  );
}
