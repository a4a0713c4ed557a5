import { spawn } from 'node:child_process';
import { elapsed, inRoot, say } from './project.mjs';

/**
 * Runs a program of node_modules, or a script of ours (`./scripts/...`), with its output shown; resolves with whether it
 * ended well.
 */
export function runTool(script, args) {
  const file = script.startsWith('./') ? inRoot(script) : inRoot('node_modules', ...script.split('/'));
  const child = spawn(process.execPath, [file, ...args], {
    cwd: inRoot(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/**
 * Runs all checks, also after one has failed, and ends with `N passed, N failed` and the exit code that goes with it.
 * @param checks of { name, script, args }
 */
export async function runChecks(checks) {
  const failed = [];
  for (const { name, script, args } of checks) {
    const since = performance.now();
    const ok = await runTool(script, args);
    if (!ok) failed.push(name);
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${elapsed(since)})`);
  }
  process.stdout.write(`${checks.length - failed.length} passed, ${failed.length} failed\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
