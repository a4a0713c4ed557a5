import './js-suffix';
import { rmSync } from 'node:fs';
import { operations } from '../../../src/api/operations/index.js';
import { takeUnanswered, type RunOptions } from '../api/answered.js';
import { testRun } from './test-run.js';

/** Stops the PostgreSQL of the jest run, once. Fails the run where no test called an operation with success. */
export default async function globalTeardown(options: RunOptions): Promise<void> {
  const run = testRun();
  const { postgres, folder } = run;
  delete run.postgres;
  delete run.folder;
  const ids = operations.map(({ id }) => id);
  const missing = takeUnanswered(options, ids);
  await (await postgres)?.stop();
  for (const left of folder ? [folder, `${folder}-openapi.json`] : []) rmSync(left, { recursive: true, force: true });
  if (missing.length > 0) throw new Error(`no test of the API called these with success: ${missing.join(', ')}`);
}
