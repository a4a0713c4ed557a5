import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Three rounds of `npm run faults` with a fixed seed: every kind of fault at least once. More rounds and other seeds are
 * run by hand (docs/architecture.md, "Fault tests").
 */

const root = path.resolve(__dirname, '../..');
const script = path.join(root, 'scripts/faults.mjs');
let child: ChildProcess | null = null;

afterAll(async () => {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child?.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}, 60_000);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function runFaults(args: readonly string[]): Promise<Ended> {
  const started = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => started.once('close', (code) => resolve({ code, output })));
}

test('three rounds of faults under load lose nothing and do nothing twice', async () => {
  const { code, output } = await runFaults(['--rounds', '3', '--seed', '3']);
  for (const fault of ['database stalled', 'database killed', 'worker killed', 'API killed', 'Temporal restarted']) {
    expect(output).toContain(`${fault}: over`);
  }
  expect(output).toMatch(/^3 of 3 rounds, 9 faults, .* 0 findings \(seed 3, .*\)$/m);
  expect({ code, output }).toMatchObject({ code: 0 });
}, 1_800_000);

test('an interrupted run stops what it started and says where its data is', async () => {
  const running = runFaults(['--rounds', '1', '--seed', '3', '--clients', '2']);
  await new Promise<void>((resolve) =>
    child?.stdout?.on('data', (chunk: Buffer) => chunk.toString('utf8').includes('Round 1') && resolve()),
  );
  child?.kill('SIGTERM');
  const { code, output } = await running;
  expect(code).toBe(130);
  const folder = /data in (\S+)/.exec(output)?.[1] ?? '';
  expect(existsSync(path.join(folder, 'findings.json'))).toBe(true);
  // PostgreSQL and Temporal leave these files only while they run.
  for (const server of ['postgres', 'temporal']) {
    expect(existsSync(path.join(folder, server, 'server.json'))).toBe(false);
  }
  rmSync(folder, { recursive: true });
}, 300_000);

test.each([
  [['--rounds', '0'], '--rounds must be a number from 1'],
  [['--sead', '3'], '--sead'],
])('wrong arguments are refused: %j', async (args, told) => {
  const { code, output } = await runFaults(args);
  expect(code).toBe(2);
  expect(output).toContain(told);
});
