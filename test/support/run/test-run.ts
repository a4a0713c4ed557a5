import type { EmbeddedPostgres } from '../../../local-stack/src/servers/postgres.js';

/** What belongs to one jest run, shared by global set-up and tear-down, which run in one process. */
export type TestRun = { postgres?: Promise<EmbeddedPostgres>; folder?: string };

const key = Symbol.for('lowwater.test-run');
const holder: typeof globalThis & { [key]?: TestRun } = globalThis;

export function testRun(): TestRun {
  return (holder[key] ??= {});
}
