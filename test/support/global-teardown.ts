import './js-suffix';
import { rmSync } from 'node:fs';
import { testRun } from './test-run.js';

/** Stops the PostgreSQL of the jest run, once. */
export default async function globalTeardown(): Promise<void> {
  const run = testRun();
  const { postgres, folder } = run;
  delete run.postgres;
  delete run.folder;
  await (await postgres)?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
}
