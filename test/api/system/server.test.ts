import { startApi, type RunningApi } from '../../../src/api/server.js';
import { loadConfig } from '../../../src/config.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { createApiKey } from '../../../src/services/access/create-api-key.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import { FakeTemporal } from '../../support/api/fake-temporal.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { testRequester } from '../../support/data/requester.js';

/** The API as a process runs it: from its settings to its end. */

let database: TestDatabase;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const operator = await ensureOperator(database.sql, 'Company Name');
  ({ key } = await createApiKey(testRequester(database.sql, operator.id), {
    resellerId: operator.id,
    name: 'tests',
    scopes: ['*'],
  }));
});
afterAll(() => database.drop());

function start(environment: Record<string, string> = {}): Promise<RunningApi> {
  const config = loadConfig({ DATABASE_URL: database.url, API_PORT: '0', SHUTDOWN_SECONDS: '10', ...environment });
  return startApi(config, { logger: nullLogger, temporal: new FakeTemporal(), version: '1.2.3' });
}

/** Locks the profiles against every other connection until the returned function is called. */
async function holdProfiles(): Promise<() => Promise<void>> {
  const connection = await database.sql.reserve();
  await connection`begin`;
  await connection`lock table profiles in access exclusive mode`;
  return async () => {
    await connection`commit`;
    connection.release();
  };
}

async function waiting(): Promise<void> {
  for (;;) {
    const rows = await database.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (rows.length > 0) return;
  }
}

test('a stopping service ends what it answers, takes nothing new and closes its port', async () => {
  const api = await start();
  expect(api.url).toBe(`http://127.0.0.1:${api.port}`);
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  const release = await holdProfiles();
  const slow = fetch(`${api.url}/v1/profiles`, { headers: { Authorization: `Bearer ${key}` } });
  await waiting();
  const stopped = api.stop();
  await expect(fetch(`${api.url}/livez`, { headers: { Connection: 'close' } })).rejects.toThrow('fetch failed');
  await release();
  expect((await slow).status).toBe(200);
  await stopped;
  await api.stop();
});

test('what does not end in time is cut off', async () => {
  const api = await start({ SHUTDOWN_SECONDS: '1' });
  const release = await holdProfiles();
  const slow = fetch(`${api.url}/v1/profiles`, { headers: { Authorization: `Bearer ${key}` } });
  const broken = expect(slow).rejects.toThrow('fetch failed');
  await waiting();
  const stopped = api.stop();
  await broken;
  await release();
  await stopped;
});

test('a busy port is told by its code, and leaves no connection behind', async () => {
  const api = await start();
  try {
    await expect(start({ API_PORT: String(api.port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  } finally {
    await api.stop();
  }
});

test('a schema that it does not know is refused, with what to do', async () => {
  await database.sql`insert into schema_migrations (version, name, checksum) values (999999, 'future', '')`;
  try {
    await expect(start()).rejects.toThrow(/newer than this program.*deploy the newer version/);
  } finally {
    await database.sql`delete from schema_migrations where version = 999999`;
  }
});
