import { randomBytes } from 'node:crypto';
import { openApiDocument } from '../../../src/api/contract/openapi.js';
import { isListOperation, type ListOperation } from '../../../src/api/contract/define-list.js';
import { operations } from '../../../src/api/operations/index.js';
import { insertNotification } from '../../support/data/notifications.js';
import { checkAll, upload } from '../../support/data/imports.js';
import { addRowsOfLists } from '../../support/data/rows-of-lists.js';
import { addRates } from '../../support/rates/rows-of-rate-lists.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { addManyRows } from '../../support/data/many-rows.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { findWholeReads, openPlanner, type Sent } from '../../support/database/list-plans.js';
import { wholeReads, type WholeRead } from '../../support/database/whole-reads.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What every list of the API offers, tried on each of them. */

interface Parameter {
  readonly name: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly example?: unknown;
  readonly schema: Schema;
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly example?: unknown;
}

const lists = operations.filter(isListOperation);
const document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
} = JSON.parse(JSON.stringify(openApiDocument(operations, { version: '1.2.3', url: null })));

function parameter(path: string, name: string): Parameter {
  const found = document.paths[path]?.['get']?.parameters?.find((one) => one.name === name);
  if (!found) throw new Error(`${path} has no parameter ${name}`);
  return found;
}

let database: TestDatabase;
let api: TestApi;
const sent: Sent[] = [];
let clientId = '';
let importId = '';
let companyId: string;
let rates: Record<'rateTableId' | 'rateImportId', string>;
/** with a ledger of two entries */
let debtorId = '';

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(
    { SECRET_KEY: randomBytes(32).toString('base64'), REQUEST_LOG_DAYS: '0' },
    { database, onStatement: (text, values) => sent.push({ text, values }) },
  );
  const made = async (path: string, body: unknown): Promise<string> => {
    const reply = await api.post(path, body);
    if (reply.status >= 300) throw new Error(`${path}: ${reply.text}`);
    return reply.body.id;
  };
  const clientIds: string[] = [];
  for (const name of ['beta', 'Alpha', 'gamma']) {
    const profileId = await made('/v1/profiles', {
      name,
      currency: 'USD',
      sortOrder: name.length,
      clientRule: { threshold: '50.00', notifyClient: true },
    });
    await made('/v1/resellers', { name, kind: 'reseller' });
    await made('/v1/users', { name, email: `${name}@operator.example`, role: 'viewer' });
    await made('/v1/api-keys', { name, scopes: ['clients:read'] });
    await made('/v1/mail-templates', {
      ...{ kind: 'low_balance', locale: { beta: 'en', Alpha: 'uk', gamma: 'de' }[name], name },
      ...{ subject: 's', html: '<p>h</p>', text: 't' },
    });
    await made('/v1/webhook-sources', { name: name.toLowerCase() });
    await made('/v1/webhook-endpoints', { name, url: 'https://a.example/' });
    clientId = await made('/v1/clients', {
      ...{ name, currency: 'USD', profileId, openingBalance: `${name.length * 10}.00` },
      ...{ balanceModel: 'postpaid', creditLimit: '10.00', billingEmail: 'billing@acme.example' },
    });
    clientIds.push(clientId);
    await made('/v1/jobs', {
      ...{ kind: 'add_tags', parameters: { tags: [name] }, selection: { clientIds: [clientId] } },
    });
    await api.post(`/v1/exchange-rates`, { from: 'EUR', to: 'USD', rate: `1.${name.length}`, at: at(name.length) });
    await insertNotification(api.sql, { clientId, number: 1, at: new Date(at(name.length)), to: ['a@a.example'] });
    await api.sql`
      insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by, ended_at)
      values (${clientId}, 1, 'r', ${name.length}, 'USD', ${at(1)}, ${at(9)}, 'reverted', 'test', 'key:1', ${at(9)})`;
    await api.sql`
      insert into events
        (kind, severity, subject_type, subject_id, client_id, reseller_id, cause, email_group, first_at, last_at, times)
      values ('payment.refused', 'warning', 'payment', ${name}, ${clientId}, ${api.operatorId}, ${name}, ${name},
        ${at(2)}, ${at(name.length)}, ${name.length})`;
    await api.sql`
      insert into request_log (request_id, at, method, path, status, duration_ms)
      values (${name}, now(), 'GET', ${`/v1/clients/${clientId}`}, 200, 1)`;
  }
  for (const kind of ['charge', 'payment', 'charge', 'payment']) {
    await api.post(`/v1/clients/${clientId}/${kind}s`, {
      id: `${kind}-${Math.random()}`,
      amount: '1.00',
      currency: 'USD',
    });
  }
  for (const limit of [1, 2]) {
    await api.sql`
      insert into credit_limit_history
        (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor)
      select id, now(), 'set', 0, ${limit}, 0, 0, 'key:1' from clients`;
    await api.sql`
      insert into checks (client_id, at, kind, state, available, verdicts)
      select id, now(), 'scheduled', 'ok', 1, '[]' from clients`;
    await api.sql`
      insert into capacity_changes (client_id, sequence, at, applied, capacity, normal, cause, available, threshold)
      select id, ${limit}, now(), true, ${limit}, 3, 'below_threshold', 1, 5 from clients`;
  }
  companyId = await addRowsOfLists(api, clientIds);
  rates = await addRates(api);
  const file = await upload(api, 'Name,Currency\nfirst,XXXX\nsecond,YYYY\n');
  importId = file.body.id;
  for (const name of ['beta.csv', 'Alpha.csv'])
    await upload(api, `Name,Currency\n${'A,USD\n'.repeat(name.length)}`, { fileName: name });
  debtorId = (await api.post('/v1/resellers', { name: 'Debtor', currency: 'USD' })).body.id;
  for (const [i, kind] of ['payment', 'adjustment'].entries()) {
    const entry = { id: kind, amount: '5.00', currency: 'USD', at: `2026-01-0${i + 1}T00:00:00Z` };
    await api.post(`/v1/resellers/${debtorId}/${kind}s`, entry);
  }
  await checkAll(api, file);
  // So that answers of one row are alike.
  api.now = Date.now();
});
afterAll(() => api.stop());

const at = (day: number): string => `2026-01-0${day}T00:00:00Z`;
const pathOf = ({ path }: ListOperation): string => path.replace('{id}', ownerOf(path)[1]);

/** What a list is of that has an id in its address, as its file names it. */
function ownerOf(path: string): readonly [parameter: string, id: string] {
  if (path.startsWith('/v1/imports/')) return ['importId', importId];
  if (path.startsWith('/v1/rate-tables/')) return ['rateTableId', rates.rateTableId];
  if (path.startsWith('/v1/rate-imports/')) return ['rateImportId', rates.rateImportId];
  if (path.startsWith('/v1/resellers/')) return ['resellerId', debtorId];
  if (path.startsWith('/v1/companies/')) return ['companyId', companyId];
  return ['clientId', clientId];
}

const simplest = (schema: Schema): Schema => (schema.anyOf?.[0] ? simplest(schema.anyOf[0]) : schema);

const anAmount = '5.00';

/** A value that a parameter takes, by what the document says of it. */
function sampleOf({ name, schema, example }: Parameter): string {
  const one = simplest(schema);
  if (one.items?.enum) return one.items.enum.slice(0, 2).join(',');
  if (one.enum?.[0] !== undefined) return one.enum[0];
  if (one.type === 'boolean') return 'true';
  if (one.type === 'integer') return String(Math.max(1, one.minimum ?? 1));
  if (one.format === 'date') return '2026-01-01';
  if (one.format === 'date-time') return '2026-01-01T00:00:00Z';
  if (one.pattern?.includes('[1-9]')) return '7';
  if (one.pattern?.includes('\\d{1,12}')) return anAmount;
  if (name === 'currency' || (schema.example ?? example) === 'USD') return 'USD';
  return name === 'timezone' ? 'Europe/Kyiv' : 'en';
}

/** What a field is sorted by where that is its own value: an instant, a number, or an amount; null: it is not. */
function rankOf(sort: string, value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
  return /^(id|amount|balance|creditLimit|total|outstanding)$/.test(sort) ? Number(value) : null;
}

async function rows(path: string, query: string): Promise<Readonly<Record<string, unknown>>[]> {
  const reply = await api.get(`${path}?${query}`);
  expect([path, query, reply.status, reply.text]).toEqual([path, query, 200, reply.text]);
  return reply.body.data;
}

test('all lists are here', () => {
  expect(lists.length).toBeGreaterThanOrEqual(17);
  // What answers pages is declared as a list.
  // Those of the client panel have one order and no filters.
  const paged = operations.filter(
    ({ request, isPanel }) => !isPanel && request.query && 'cursor' in request.query.shape,
  );
  expect(paged.map(({ id }) => id).sort()).toEqual(lists.map(({ id }) => id).sort());
});

describe.each(lists.map((list): [string, ListOperation] => [list.id, list]))('%s', (_id, list) => {
  const { filters, sorts } = list.list;

  test('takes each of its filters, and names one that it does not have', async () => {
    for (const name of Object.keys(filters)) {
      const value = sampleOf(parameter(list.path, name));
      // A range of amounts is one of amounts in one currency.
      const currency = value === anAmount && 'currency' in filters ? '&currency=USD' : '';
      await rows(pathOf(list), `${name}=${encodeURIComponent(value)}${currency}`);
    }
    const reply = await api.get(`${pathOf(list)}?colour=blue`);
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, '#/query/colour']);
  });

  test('refuses a value that a closed filter does not have', async () => {
    for (const name of Object.keys(filters)) {
      const { schema, style, explode } = parameter(list.path, name);
      if (!schema.enum && !schema.items?.enum) continue;
      if (schema.items) expect([name, schema.type, style, explode]).toEqual([name, 'array', 'form', false]);
      const reply = await api.get(`${pathOf(list)}?${name}=no_such_word`);
      expect([name, reply.status, reply.body.errors[0].pointer]).toEqual([name, 400, `#/query/${name}`]);
    }
  });

  test('is sorted by each of its fields, either way', async () => {
    for (const sort of sorts) {
      const up = await rows(pathOf(list), `limit=200&sort=${sort}`);
      const down = await rows(pathOf(list), `limit=200&sort=-${sort}`);
      expect(up.length).toBeGreaterThan(1);
      expect([sort, down]).toEqual([sort, [...up].reverse()]);
      const ranks = up.map((row) => rankOf(sort, row[sort])).filter((rank) => rank !== null);
      expect([sort, ranks]).toEqual([sort, [...ranks].sort((one, other) => (one < other ? -1 : 1))]);
    }
    const documented = parameter(list.path, 'sort').schema.items?.enum;
    expect(documented).toEqual(sorts.flatMap((name) => [name, `-${name}`]));
  });

  test('jumps to a page, and goes on from there by cursor', async () => {
    const all = await rows(pathOf(list), 'limit=200');
    const reply = await api.get(`${pathOf(list)}?limit=1&page=2&include=total`);
    expect(reply.body).toMatchObject({ rowFrom: 2, rowTo: 2, total: all.length, data: [all[1]] });
    const back = await rows(pathOf(list), `limit=1&cursor=${reply.body.prevCursor}`);
    expect(back).toEqual([all[0]]);
    expect(reply.headers.get('link')).toContain('rel="prev"');
    expect(reply.headers.get('link')).not.toContain('page=2');
    const beyond = await api.get(`${pathOf(list)}?limit=200&page=2`);
    expect([beyond.status, beyond.body.errors[0]]).toMatchObject([400, { pointer: '#/query/page' }]);
  });

  if (!list.files) return;
  const file = list.files.csv.path;

  test('has the same rows in the same order as a file', async () => {
    const names = parameter(file, 'columns').schema.items?.enum ?? [];
    const by = ['id', 'at', 'clientId'].find((name) => names.includes(name)) ?? 'id';
    for (const sort of [list.list.order, ...sorts.flatMap((name) => [name, `-${name}`])]) {
      const json = await rows(pathOf(list), `limit=200&sort=${sort}`);
      // A file has one address: the list of one client names it there as a parameter.
      const whose = list.path.includes('{id}') ? `${ownerOf(list.path).join('=')}&` : '';
      const { status, text } = await api.get(`${file}?${whose}sort=${sort}&columns=${by}&delimiter=;`);
      const ids = text.slice(1).trimEnd().split('\r\n').slice(1);
      expect([sort, status, ids]).toEqual([sort, 200, json.map((row) => row[by])]);
    }
  });

  test('has the same filters as a file', () => {
    const names = Object.keys(filters);
    expect(names.map((name) => parameter(file, name))).toEqual(names.map((name) => parameter(list.path, name)));
    expect(parameter(file, 'delimiter').schema.enum).toEqual([',', ';']);
    expect(parameter(file, 'columns').schema.items?.enum?.length).toBeGreaterThan(5);
  });
});

describe('over many rows', () => {
  let planner: Sql | undefined;
  beforeAll(async () => {
    await addManyRows(api.sql);
    planner = openPlanner(database.url);
  });
  afterAll(() => planner?.end());

  // What a page reads is a page, in its order and in that of each column.
  test.each(lists.map((list): [string, ListOperation] => [list.id, list]))(
    '%s reads its page by an index',
    async (id, list) => {
      const exceptions = wholeReads[id] ?? [];
      const used = new Set<WholeRead>();
      const unexplained: Record<string, readonly string[]> = {};
      for (const sort of new Set([list.list.order, ...list.list.sorts])) {
        sent.length = 0;
        await rows(pathOf(list), `sort=${sort}`);
        const [page, ...more] = sent.filter(({ text }) => / as position\b/.test(text));
        expect([sort, more]).toEqual([sort, []]);
        if (!page || !planner) throw new Error(`${id} was not read`);
        const whole = await findWholeReads(planner, page);
        const exception = exceptions.find(({ sorts }) => sorts?.includes(sort)) ?? exceptions.find((one) => !one.sorts);
        const others = whole.filter((read) => exception?.reads.includes(read) !== true);
        if (exception && others.length < whole.length) used.add(exception);
        if (others.length > 0) unexplained[sort] = others;
      }
      expect(unexplained).toEqual({});
      // What reads a page by an index now is no exception any more.
      expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
    },
  );

  test('the exceptions are of lists that there are', () => {
    const ids = lists.map(({ id }) => id);
    expect(Object.keys(wholeReads).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
