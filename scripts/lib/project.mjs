import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path of the project. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** Prints for the person at the terminal. Never stdout: there `npm run -s simulate` prints nothing but its answer. */
export const say = (line) => process.stderr.write(`${line}\n`);

/**
 * Says what is wrong and what to do about it, and ends.
 * @returns {never}
 */
export function fail(problem, remedy) {
  say(`\n${problem}\n  What to do: ${remedy}`);
  process.exit(1);
}

/** `1.2 s`, `12 s` or `1 min 5 s`, since a moment given by performance.now(). */
export function elapsed(since) {
  const exact = (performance.now() - since) / 1000;
  const seconds = Math.round(exact);
  return exact < 10
    ? `${exact.toFixed(1)} s`
    : seconds < 60
      ? `${seconds} s`
      : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** All files under folders, relative to the project, sorted; a path that is a file is returned itself. */
export function filesUnder(...paths) {
  const files = [];
  const visit = (relative) => {
    const stat = statSync(inRoot(relative), { throwIfNoEntry: false });
    if (stat?.isFile()) files.push({ relative, size: stat.size, mtimeMs: stat.mtimeMs });
    if (stat?.isDirectory()) for (const name of readdirSync(inRoot(relative))) visit(`${relative}/${name}`);
  };
  paths.forEach(visit);
  return files.sort((a, b) => (a.relative < b.relative ? -1 : 1));
}

/** Changes whenever a file is added, removed or written. Reads no content: it must cost next to nothing. */
export function stampOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const { relative, size, mtimeMs } of files) hash.update(`${relative}\0${size}\0${mtimeMs}\n`);
  return hash.digest('hex');
}

/** Keeps the newest entries of a folder. */
export function removeOld(folder, keep) {
  const age = (name) => statSync(path.join(folder, name)).mtimeMs;
  const names = readdirSync(folder).sort((a, b) => age(b) - age(a));
  for (const name of names.slice(keep)) rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** Prints a script's help and ends when the arguments ask for it. */
export function helpIfAsked(text) {
  if (!process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) return;
  process.stdout.write(`${text.trim()}\n`);
  process.exit(0);
}
