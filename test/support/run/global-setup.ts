import './js-suffix';
import { chmodSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../../local-stack/src/servers/postgres.js';
import { keepAnsweredIn } from '../api/answered.js';
import { temporalBinary } from '../temporal/temporal-binary.js';
import { testRun } from './test-run.js';

/**
 * Starts one PostgreSQL for the whole jest run; the tests find it through LOWWATER_TEST_DATABASE_URL (see postgres.ts).
 * Jest may call this once for each project: only the first call does anything.
 */
export default async function globalSetup(): Promise<void> {
  const run = testRun();
  run.postgres ??= start(run);
  // Fetched here, where no test's time limit counts; a test that needs a missing one says so itself.
  await Promise.allSettled([temporalBinary('cli'), temporalBinary('test-server')]);
  process.env['LOWWATER_TEST_DATABASE_URL'] = (await run.postgres).url;
}

async function start(run: ReturnType<typeof testRun>): ReturnType<typeof startPostgres> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-test-'));
  // Started by root, PostgreSQL runs as another user, who has to get in.
  chmodSync(folder, 0o755);
  run.folder = folder;
  keepAnsweredIn(`${folder}-answered`);
  process.env['LOWWATER_TEST_DOCUMENT'] = `${folder}-openapi.json`;
  return startPostgres({
    dataDir: folder,
    port: 0,
    log: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
}
