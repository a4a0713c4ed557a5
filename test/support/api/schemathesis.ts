import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../../local-stack/src/servers/cache-folder.js';

const version = '4.32.5';
const pipMs = 300_000;

/** Where the fuzzer's Python is, or why there is none here. */
export type Fuzzer = { readonly ok: true; readonly python: string } | { readonly ok: false; readonly reason: string };

/** Schemathesis in its own virtual environment below `.cache`, made at its first use with whichever pip there is. */
export function findFuzzer(): Fuzzer {
  const parent = cacheFolder('schemathesis');
  const home = path.join(parent, version);
  if (existsSync(pythonOf(home))) return { ok: true, python: pythonOf(home) };
  // Made under another name, so that an interrupted run leaves nothing that looks whole.
  const unfinished = mkdtempSync(path.join(parent, 'unfinished-'));
  try {
    for (const [command, args] of [
      ['python3', ['-m', 'venv', unfinished]],
      [pythonOf(unfinished), ['-m', 'pip', 'install', '--disable-pip-version-check', '-q', `schemathesis==${version}`]],
    ] as const) {
      const { error, status, stderr } = spawnSync(command, args, { timeout: pipMs, encoding: 'utf8' });
      if (error) return { ok: false, reason: `${command}: ${error.message}` };
      if (status !== 0)
        return { ok: false, reason: stderr.trim().split('\n').at(-1) ?? `${command} ended with ${status}` };
    }
    renameSync(unfinished, home);
    return { ok: true, python: pythonOf(home) };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

// The environment is moved after it was made: only `python` still works then, the commands next to it do not.
const pythonOf = (home: string): string => path.join(home, 'bin', 'python');

export interface FuzzOptions {
  /** the address of the API */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** the ids of the operations that are called */
  readonly operations: readonly string[];
  readonly seed: number;
  /** cases of each operation in addition to those that the document gives */
  readonly examples: number;
}

/** Calls the operations with what their document allows and with what it does not; resolves with the faults, as text. */
export async function fuzz(
  python: string,
  options: FuzzOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { url, headers, operations, seed, examples } = options;
  // Given as a file: the fuzzer waits for an address for ten seconds only, which is too short on a busy machine.
  const folder = mkdtempSync(path.join(cacheFolder('schemathesis'), 'document-'));
  const document = path.join(folder, 'openapi.json');
  writeFileSync(document, await (await fetch(`${url}/openapi.json`)).text());
  const args = [
    ...['-m', 'schemathesis.cli', 'run', document, '--url', url],
    ...['--checks', 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'],
    ...['--phases', 'examples,coverage,fuzzing', '--max-examples', String(examples), '--seed', String(seed)],
    ...[
      '--generation-database',
      'none',
      '--request-timeout',
      '60',
      '--continue-on-failure',
      '--no-color',
      '--warnings',
      'off',
    ],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...operations.flatMap((id) => ['--include-operation-id', id]),
  ];
  const ended = new Promise<{ readonly code: number | null; readonly output: string }>((resolve, reject) => {
    // It keeps notes of its runs where it is started.
    const child = spawn(python, args, { cwd: cacheFolder('schemathesis'), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  return ended.finally(() => rmSync(folder, { recursive: true, force: true }));
}
