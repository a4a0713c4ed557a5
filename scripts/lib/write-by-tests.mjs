import { spawnSync } from 'node:child_process';
import { inRoot } from './project.mjs';

/**
 * Runs the tests that compare a generated file with the code. With the variable set, they write it instead.
 *
 * @param {string} variable
 * @param {readonly string[]} patterns paths of the tests
 */
export function writeByTests(variable, patterns) {
  const { status } = spawnSync(
    process.execPath,
    [inRoot('node_modules/jest/bin/jest.js'), '--testPathPatterns', ...patterns],
    { stdio: 'inherit', env: { ...process.env, [variable]: '1' } },
  );
  process.exitCode = status ?? 1;
}
