import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { elapsed, fail, inRoot, say } from './project.mjs';

const stampFile = inRoot('node_modules', '.lowwater-installed');
const readLock = () => readFileSync(inRoot('package-lock.json'), 'utf8');

/** Packages of the registry in a lock file: workspaces and the links to them are left out. */
const packagesOf = (lock) =>
  Object.entries(JSON.parse(lock).packages).filter(([name, { link }]) => name.includes('node_modules/') && !link);

/** Whether node_modules holds what package-lock.json asks for. */
export function isInstalled() {
  const lock = readLock();
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  // A user may have run `npm ci`: npm keeps a list of what it has installed.
  const list = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const found = JSON.parse(readFileSync(list, 'utf8')).packages;
  const complete = packagesOf(lock).every(
    ([name, entry]) => found[name]?.version === entry.version || (entry.optional === true && isSkipped(entry)),
  );
  if (complete) writeFileSync(stampFile, stamp);
  return complete;
}

/** Whether npm leaves out an optional package: one for another platform, or what only such a one needs. */
function isSkipped(entry) {
  return isForeign(entry) || (entry.os === undefined && entry.cpu === undefined);
}

/** Whether a package is for another platform; npm chooses between C libraries, which cost too much to find out here. */
function isForeign({ os, cpu, libc }) {
  const excludes = (allowed, current) => allowed !== undefined && !allowed.includes(current);
  return libc !== undefined || excludes(os, process.platform) || excludes(cpu, process.arch);
}

/** Runs `npm ci`, which installs the workspaces too, saying how far it is. */
export async function install() {
  const lock = readLock();
  const packages = packagesOf(lock)
    .filter(([, entry]) => !isForeign(entry))
    .map(([name]) => name);
  const since = performance.now();
  say(`Installing ${packages.length} packages (npm ci); needs the network once.`);
  const stop = progress(
    () =>
      `${packages.filter((name) => existsSync(inRoot(name, 'package.json'))).length} of about ${packages.length} packages, ${elapsed(since)}`,
  );
  // Development packages hold the compiler: NODE_ENV=production must not leave them out.
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  const code = await npm(args);
  stop();
  if (code !== 0) {
    fail(
      `The packages could not be installed (npm ci ended with ${code}; its message is above).`,
      'Check the network and the registry (npm ping; npm config get registry), then run the command again. ' +
        'For a lock file that does not match package.json: git checkout package-lock.json.',
    );
  }
  writeFileSync(stampFile, createHash('sha256').update(lock).digest('hex'));
  say(`Installed ${packages.length} packages in ${elapsed(since)}.`);
}

/** npm's own output goes to stderr with ours. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, [...first, ...args], { cwd: inRoot(), stdio: ['ignore', 2, 2], shell });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

/** A line that is renewed on a terminal; elsewhere a line every ten seconds. */
function progress(text) {
  const terminal = process.stderr.isTTY;
  const timer = setInterval(
    () => (terminal ? process.stderr.write(`\r\x1b[2K${text()}`) : say(text())),
    terminal ? 500 : 10_000,
  );
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[2K');
  };
}
