import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkBalances } from '../../../src/cli/doctor/check-rest.js';
import { loadConfig } from '../../../src/config.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** What the doctor says of a balance source: it asks for real clients. */

let database: TestDatabase;
let server: Server;
let live: (id: string) => unknown = () => '12.50';

beforeAll(async () => {
  database = await createTestDatabase();
  const [root] = await database.sql<{ id: string }[]>`
    insert into resellers (id, kind, name, email, path) overriding system value
    values (1, 'operator', 'Company Name', 'a@operator.example', '{1}') returning id`;
  await database.sql`
    insert into clients (reseller_id, name, currency, balance_model, external_id, status)
    select ${root?.id ?? ''}, 'Customer ' || n, 'USD', 'prepaid', 'c-' || n, case n when 3 then 'deleted' else 'active' end
    from generate_series(1, 3) n`;
  server = createServer((req, res) => {
    let text = '';
    req.on('data', (bytes: Buffer) => (text += bytes.toString()));
    req.on('end', () => {
      const { clientIds } = JSON.parse(text) as { clientIds: string[] };
      const balances = clientIds.map((clientId) => ({ clientId, live: live(clientId), currency: 'USD' }));
      res.end(JSON.stringify({ balances }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await database.drop();
});

function examine(): ReturnType<typeof checkBalances> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const settings = { BALANCE_SOURCE: 'http', BALANCE_HTTP_URL: url, DATABASE_URL: database.url };
  return checkBalances(loadConfig({ ...settings, BALANCE_TIMEOUT_MS: '30000' }));
}

test('amounts as strings are well', async () => {
  live = () => '12.50';
  const finding = await examine();
  expect(finding.status).toBe('ok');
  expect(finding.detail).toContain('2 of 2 sampled clients have a balance');
});

test('numbers fail, with what to send instead', async () => {
  live = () => 12;
  const finding = await examine();
  expect(finding.status).toBe('fail');
  expect(finding.detail).toMatch(/0 of 2 sampled.*client \d+: .*JSON number: send a string/);
});

test('a number among strings is a warning', async () => {
  live = (id) => (id === 'c-1' ? '1.00' : 2.5);
  const finding = await examine();
  expect([finding.status, finding.detail]).toEqual(['warn', expect.stringContaining('1 of 2 sampled')]);
});
