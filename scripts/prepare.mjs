/**
 * Runs before every npm command (scripts/run.mjs): installs what is missing, and with --build compiles what
 * has changed. Needs no package. When there is nothing to do it says nothing and takes a few hundredths of a second.
 */
import { existsSync, readFileSync } from 'node:fs';
import { install, isInstalled } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { fail, helpIfAsked, inRoot } from './lib/project.mjs';
import { buildInputs, stampFile } from './lib/build-stamp.mjs';

helpIfAsked(`
Usage: node scripts/prepare.mjs [--build]

Installs the packages of package-lock.json unless they are there (npm ci).
  --build   also builds dist/ from src/, local-stack/ and web/ unless dist/ is up to date
All messages go to stderr.
`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Lowwater needs Node 20.19 or later; this is ${process.version}.`, 'Install a newer Node (https://nodejs.org).');
}

const isBuilt = () =>
  existsSync(inRoot('dist')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === buildInputs();
const wantBuild = process.argv.includes('--build');
const ready = () => isInstalled() && (!wantBuild || isBuilt());

if (!ready()) {
  await withLock(inRoot('.cache', 'prepare.lock'), async () => {
    // The previous holder of the lock may have done it all.
    if (!isInstalled()) await install();
    if (wantBuild && !isBuilt()) {
      const { build } = await import('./build.mjs');
      await build();
    }
  });
}
