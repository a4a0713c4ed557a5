import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { elapsed, fail, inRoot, say } from './project.mjs';

/** The folders that have a package-lock.json: the service, and the page with what only its build needs. */
export const packageFolders = ['.', 'web'];

const stampFile = (folder) => inRoot(folder, 'node_modules', '.lowwater-installed');
const lockOf = (folder) => readFileSync(inRoot(folder, 'package-lock.json'), 'utf8');

/** Whether a folder's node_modules holds what its package-lock.json asks for. */
export function isInstalled(folder) {
  const lock = lockOf(folder);
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === stamp) return true;
  // Somebody may have run `npm ci` himself: npm keeps a list of what it has installed.
  const list = inRoot(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(lock).packages;
  const found = JSON.parse(readFileSync(list, 'utf8')).packages;
  const complete = Object.entries(wanted).every(([name, entry]) => {
    if (name === '' || entry.link || found[name]?.version === entry.version) return true;
    return entry.optional === true && isForeign(entry);
  });
  if (complete) writeFileSync(stampFile(folder), stamp);
  return complete;
}

/** Whether a package is for another platform; npm chooses between C libraries, which cost too much to find out here. */
function isForeign({ os, cpu, libc }) {
  const excludes = (allowed, current) => allowed !== undefined && !allowed.includes(current);
  return libc !== undefined || excludes(os, process.platform) || excludes(cpu, process.arch);
}

/** Runs `npm ci` in a folder, saying how far it is. */
export async function install(folder) {
  const lock = lockOf(folder);
  const wanted = Object.entries(JSON.parse(lock).packages).filter(([name, entry]) => name !== '' && !isForeign(entry));
  const packages = wanted.map(([name]) => name);
  const since = performance.now();
  const place = folder === '.' ? '' : ` of ${folder}/`;
  say(`Installing ${packages.length} packages${place} (npm ci); needs the network once.`);
  const stop = progress(
    () =>
      `${packages.filter((name) => existsSync(inRoot(folder, name, 'package.json'))).length} of about ${packages.length} packages, ${elapsed(since)}`,
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
  const code = await npm(folder, args);
  stop();
  if (code !== 0) {
    fail(
      `The packages could not be installed (npm ci ended with ${code}; its message is above).`,
      'Check the network and the registry (npm ping; npm config get registry), then run the command again. ' +
        `For a lock file that does not match package.json: git checkout ${path.join(folder, 'package-lock.json')}.`,
    );
  }
  writeFileSync(stampFile(folder), createHash('sha256').update(lock).digest('hex'));
  say(`Installed ${packages.length} packages${place} in ${elapsed(since)}.`);
}

/** npm's own output goes to stderr with ours. */
function npm(folder, args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, [...first, ...args], { cwd: inRoot(folder), stdio: ['ignore', 2, 2], shell });
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
