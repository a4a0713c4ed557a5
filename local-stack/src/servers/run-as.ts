import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RunAs } from './server-process.js';
import { StartError } from '../../../src/cli/process/start-error.js';

/**
 * PostgreSQL refuses to run as root. Started by root (a container, a build machine) it runs as the first of these users
 * that exists; initdb insists on a user that has an entry in /etc/passwd, so a free number will not do.
 */
const candidates = ['postgres', 'nobody', 'daemon'];

/**
 * The user under which PostgreSQL runs, or undefined for the user of this process.
 *
 * @param existing owner of an existing data folder, which only its owner may use; null before the first start
 * @throws StartError when root has no other user to turn to
 */
export function postgresUser(existing: RunAs | null): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existing && existing.uid !== 0) return existing;
  const users = passwd();
  for (const name of candidates) {
    const user = users.get(name);
    if (user && user.uid !== 0) return user;
  }
  throw new StartError(
    `PostgreSQL does not run as root, and none of the users ${candidates.join(', ')} exists.`,
    'Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Owner of a file or folder; null when it does not exist. */
export function ownerOf(file: string): RunAs | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? { uid: stat.uid, gid: stat.gid } : null;
}

/** The topmost folder on the way to `folder` (included) that a user may not pass through; null when all are open. */
export function closedFolder(folder: string, user: RunAs): string | null {
  const absolute = path.resolve(folder);
  const { root } = path.parse(absolute);
  let current = root;
  for (const part of ['', ...path.relative(root, absolute).split(path.sep)]) {
    current = path.join(current, part);
    const stat = statSync(current);
    const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return current;
  }
  return null;
}

function passwd(): Map<string, RunAs> {
  const users = new Map<string, RunAs>();
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , uid, gid] = line.split(':');
      if (name && uid && gid) users.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  } catch {
    // Missing file: no users.
  }
  return users;
}
