/**
 * Finds a Chromium that starts: CHROMIUM_PATH, else one of the system, else the one that came with the npm packages. Run as
 * a program it prints the path: the tests ask so, because the npm package is of a kind that jest cannot load.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fail } from './project.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macApps = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** Without a sandbox only where there is none: root has none, and many containers allow none. */
export const launchArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/**
 * The path of the first that starts. Says what was tried and ends when none does.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const tried = [];
  const own = process.env.CHROMIUM_PATH;
  for (const candidate of own ? [() => own] : [...ofTheSystem().map((found) => () => found), ofNpm]) {
    const found = await Promise.resolve(candidate()).catch((error) => tried.push(`npm package: ${error.message}`));
    if (typeof found !== 'string') continue;
    const fault = await whyNot(found);
    if (fault === null) return found;
    tried.push(`${found}: ${fault}`);
  }
  fail(
    `No Chromium starts here. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}`,
    'Install Chromium or Google Chrome (on Debian: apt-get install chromium), or set CHROMIUM_PATH to one.',
  );
}

function ofTheSystem() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/opt/google/chrome', '/snap/bin'];
  const onPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...new Set([...onPath, ...macApps])].filter((file) => existsSync(file));
}

/** It unpacks itself into the temporary folder the first time; only for Linux. */
async function ofNpm() {
  if (process.platform !== 'linux') throw new Error(`there is none for ${process.platform}`);
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Null: it starts. A missing library shows with `--version` already. */
async function whyNot(file) {
  try {
    await promisify(execFile)(file, ['--version', '--no-sandbox'], { timeout: 30_000 });
    return null;
  } catch (error) {
    return (error.stderr || error.message).trim().split('\n').pop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await findChromium());
