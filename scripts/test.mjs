/**
 * Runs the tests of all levels and ends with one line, `N passed, N failed`, summed over all suites.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { helpIfAsked, inRoot } from './lib/project.mjs';

helpIfAsked(`
Usage: npm test -- [jest arguments]

Runs the tests: domain, repository, activities, workflows, api, replay, web, e2e, browser.
  npm test                                      all of them
  npm test -- --selectProjects domain api       some levels
  npm test -- test/api/credit/credit-limit.test.ts  one file
  npm test -- -t 'refill'                       by name
The last line is "N passed, N failed"; a suite that does not load counts as failed.
Exit code: 0 all passed, 1 something failed or nothing ran, 130 interrupted.
PostgreSQL and Temporal are started by the tests themselves.
`);

const totalsFile = inRoot('.cache', `test-totals-${process.pid}.json`);
mkdirSync(inRoot('.cache'), { recursive: true });
const reporters = ['--reporters=default', `--reporters=${inRoot('scripts/lib/jest-totals.cjs')}`];
const jest = spawn(
  process.execPath,
  [inRoot('node_modules/jest/bin/jest.js'), ...process.argv.slice(2), ...reporters],
  { cwd: inRoot(), stdio: 'inherit', env: { ...process.env, LOWWATER_TEST_TOTALS: totalsFile } },
);
// A Ctrl-C reaches jest too, which ends on its own; the line below is still due.
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    if (signal === 'SIGTERM') jest.kill('SIGTERM');
  });
}
const code = await new Promise((resolve) => {
  jest.once('error', () => resolve(1));
  jest.once('close', (exitCode) => resolve(exitCode ?? 1));
});

const totals = readTotals();
// Jest may fail with no test to blame: a set-up that did not start, a wrong argument.
const failed = totals.failed === 0 && code !== 0 ? 1 : totals.failed;
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`${totals.passed} passed, ${failed} failed${skipped}\n`);
process.exitCode = interrupted ? 130 : failed > 0 || totals.passed === 0 ? 1 : 0;

function readTotals() {
  try {
    return JSON.parse(readFileSync(totalsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(totalsFile, { force: true });
  }
}
