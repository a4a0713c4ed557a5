#!/usr/bin/env node
// Files small enough to hold in the head, folders small enough to take in at a glance.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { helpIfAsked, inRoot } from './lib/project.mjs';

const maxFiles = 20;
const maxLines = 300;
/** Test cases are read one by one. */
const maxTestLines = 400;

helpIfAsked(`
Usage: node scripts/sizes.mjs [FOLDER ...]

Fails for a folder of more than ${maxFiles} files, and for a file of more than ${maxLines} lines in src, local-stack/src, and web/src, or of
more than ${maxTestLines} in test, bench, and scripts, or for those in the given folders. The way out of the first is a folder per area, of the second a file per subject.
`);

/** Dictionaries grow with the texts; the page's API types and its copy of the catalogue are written by npm run types. */
const anyLength = /(^|\/)web\/src\/i18n\/|(^|\/)web\/src\/api\/(schema|client-fields)\.ts$/;
/**
 * Scenarios and frozen histories are data, one file each; dictionaries have one file per area, and so has the schema, whose
 * migrations are carried out in the order of their names and so stay in one folder.
 */
const anyNumber = /^(src\/storage\/migrations|test\/(scenarios|replay\/histories)|web\/src\/i18n\/(en|uk|late))$/;
const code = /\.(ts|tsx|mjs|cjs|js)$/;

async function faultsOf(folder) {
  const entries = await readdir(inRoot(folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
  const faults =
    files.length > maxFiles && !anyNumber.test(folder)
      ? [`${folder} has ${files.length} files, more than ${maxFiles}`]
      : [];
  for (const file of files.filter((name) => code.test(name) && !anyLength.test(name))) {
    const lines = (await readFile(inRoot(file), 'utf8')).split('\n').length - 1;
    const most = /^(test|bench|scripts)\//.test(file) ? maxTestLines : maxLines;
    if (lines > most) faults.push(`${file} has ${lines} lines, more than ${most}`);
  }
  for (const { name } of entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')) {
    faults.push(...(await faultsOf(path.posix.join(folder, name))));
  }
  return faults;
}

const given = process.argv.slice(2);
const folders = given.length > 0 ? given : ['src', 'local-stack/src', 'web/src', 'test', 'bench', 'scripts'];
const faults = (await Promise.all(folders.map(faultsOf))).flat();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
