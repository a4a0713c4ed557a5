import type { Change } from '../../../src/api/stream/changes.js';
import { clientPayloads, parseChanges } from '../../../src/api/stream/changes.js';
import { startListener } from '../../../src/api/stream/listener.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { openDatabase } from '../../../src/storage/system/database.js';
import { cutLine } from '../../support/mail/cut-line.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** The one connection on which an API process receives changes. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a database that was away for a while is heard again, and the gap is told', async () => {
  const direct = new URL(database.url);
  const line = await cutLine({ host: direct.hostname, port: Number(direct.port) });
  const through = new URL(database.url);
  through.port = String(line.port);
  const sql = openDatabase(through.href, { max: 1 });
  const heard: Change[] = [];
  let gaps = 0;
  let wake: () => void = () => undefined;
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const listener = await startListener(sql, nullLogger, {
    onChanges: (changes) => {
      heard.push(...changes);
      wake();
    },
    onAccess: () => undefined,
    onGap: () => {
      gaps++;
      wake();
    },
  });
  const tell = (id: number) => database.sql`select pg_notify('lowwater_changes', ${`client.changed ${id} ${id} -`})`;

  await tell(1);
  await until(() => heard.length === 1);
  line.cut();
  await line.refused(2);
  await tell(2);
  line.mend();
  await until(() => gaps > 0);
  await tell(3);
  await until(() => heard.some(({ id }) => id === '3'));
  expect(heard.map(({ id }) => id)).toEqual(['1', '3']);

  await listener.stop();
  await sql.end({ timeout: 1 });
  await line.stop();
});

test('many clients are told in few payloads that PostgreSQL takes', () => {
  const ids = Array.from({ length: 1000 }, (_, n) => String(999_999_999_999_999_000 + n));
  const payloads = clientPayloads(ids);
  expect(payloads.every((payload) => Buffer.byteLength(payload) < 8000)).toBe(true);
  expect(payloads.flatMap(parseChanges).map(({ clientId }) => clientId)).toEqual(ids);
});

test.each(['', 'nonsense', 'client.exploded 1 1 -', 'client.changed x - -', 'client.changed 1'])(
  '"%s" says nothing',
  (payload) => {
    expect(parseChanges(payload)).toEqual([]);
  },
);
