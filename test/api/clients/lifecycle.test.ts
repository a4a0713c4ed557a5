import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { finishJob } from '../../support/data/jobs.js';
import { insertNotification } from '../../support/data/notifications.js';
import { addRowsOf } from '../../support/data/rows-of-resellers.js';
import { asUser, makePerson } from '../../support/data/people.js';

/** Deleting, restoring, and removing clients. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let made = 0;

async function client(fields: object = {}): Promise<{ id: string; name: string }> {
  const name = `Comet ${++made}`;
  const reply = await api.post('/v1/clients', { name, currency: 'USD', openingBalance: '10.00', ...fields });
  expect(reply).toHaveStatus(201);
  return { id: reply.body.id, name };
}

const always = { headers: { 'If-Match': '*' } };
const change = (id: string, body: object): Promise<Reply> => api.call('PATCH', `/v1/clients/${id}`, body, always);
const remove = (id: string): Promise<Reply> => api.call('DELETE', `/v1/clients/${id}`, undefined, always);
const restore = (id: string, body: object = {}): Promise<Reply> => api.post(`/v1/clients/${id}/restore`, body, always);
const fullDelete = (id: string, body: object): Promise<Reply> =>
  api.post(`/v1/clients/${id}/full-delete`, body, always);

async function actionsOf(id: string): Promise<string[]> {
  const { body } = await api.get(`/v1/audit?subjectType=client&subjectId=${id}&sort=id`);
  return body.data.map(({ action }: { action: string }) => action);
}

describe('the status deleted', () => {
  test('is set by PATCH as by DELETE, and ends temporary credit', async () => {
    const { id } = await client();
    const reply = await change(id, { status: 'deleted', reason: 'left' });
    expect([reply.status, reply.body.status]).toEqual([200, 'deleted']);
    expect(await actionsOf(id)).toEqual(['client.create', 'client.delete']);
    expect(await change(id, { status: 'active' })).toBeProblem(409, 'client_deleted');
  });

  test('is set alone', async () => {
    const { id } = await client();
    expect(await change(id, { status: 'deleted', name: 'Gone' })).toBeProblem(400, 'invalid', '#/name');
    expect((await api.get(`/v1/clients/${id}`)).body.status).toBe('active');
  });
});

describe('a deleted client', () => {
  test('is restored to stop, with its ledger and fields, and signaled', async () => {
    const { id, name } = await client({ externalId: 'crm-1', tags: ['vip'] });
    await remove(id);
    await api.sql`delete from outbox`;
    const reply = await restore(id, { reason: 'a mistake' });
    expect(reply.body).toMatchObject({ name, status: 'stop', externalId: 'crm-1', tags: ['vip'] });
    expect(reply.body.balance.live.amount).toBe('10.00');
    expect(await api.sql`select kind from outbox where client_id = ${id}`).toEqual([{ kind: 'configurationChanged' }]);
    expect(await actionsOf(id)).toEqual(['client.create', 'client.delete', 'client.restore']);
    expect(await restore(id)).toBeProblem(409, 'conflict', '#/path/id');
    expect(await change(id, { status: 'active' })).toHaveStatus(200);
  });

  test('needs another external id where its own was taken', async () => {
    const { id } = await client({ externalId: 'crm-2' });
    await remove(id);
    await client({ externalId: 'crm-2' });
    expect(await restore(id)).toBeProblem(409, 'already_exists', '#/externalId');
    expect((await api.get(`/v1/clients/${id}`)).body.status).toBe('deleted');
    expect((await restore(id, { externalId: 'crm-3' })).body.externalId).toBe('crm-3');
    const { id: other } = await client({ externalId: 'crm-4' });
    await remove(other);
    expect((await restore(other, { externalId: null })).body.externalId).toBeNull();
  });

  test('begins with new counters where its monitor has ended, and keeps them where it has not', async () => {
    const rules = { client: { count: 2, episode: 3 } };
    const stateOf = async (ended: boolean): Promise<unknown> => {
      const { id } = await client();
      await remove(id);
      await api.sql`
        update monitors set rules = ${api.sql.json(rules)}, paused_by = 'user:1', last_check_at = now(),
          next_check_at = ${ended ? null : new Date()}
        where client_id = ${id}`;
      await restore(id);
      const [row] = await api.sql`select rules, paused_by as "pausedBy" from monitors where client_id = ${id}`;
      return row;
    };
    expect(await stateOf(true)).toEqual({ rules: {}, pausedBy: null });
    expect(await stateOf(false)).toEqual({ rules, pausedBy: 'user:1' });
  });

  test('is restored by a reseller whose it is', async () => {
    const resellerId = await api.reseller('Restorers');
    const key = await api.makeKey({ resellerId });
    const { body } = await api.post('/v1/clients', { name: 'Own', currency: 'USD' }, { key });
    await api.call('DELETE', `/v1/clients/${body.id}`, undefined, { key, ...always });
    expect(await api.post(`/v1/clients/${body.id}/restore`, {}, { key, ...always })).toHaveStatus(200);
    const { id } = await client();
    await remove(id);
    expect(await api.post(`/v1/clients/${id}/restore`, {}, { key, ...always })).toBeProblem(404, 'not_found');
  });
});

describe('Full Delete', () => {
  const reason = 'erasure request 17';

  async function deletedClient(): Promise<{ id: string; name: string }> {
    const one = await client({ externalId: `erased-${made}`, billingEmail: `comet-${made + 1}@comet.example` });
    await api.post(`/v1/clients/${one.id}/payments`, { id: `p-${made}`, amount: '5.00', currency: 'USD' });
    await api.post(`/v1/clients/${one.id}/charges`, { id: `c-${made}`, amount: '1.00', currency: 'USD' });
    await insertNotification(api.sql, { clientId: one.id, number: 1, at: new Date(), to: ['a@a.example'] });
    await remove(one.id);
    return one;
  }

  async function issueInvoice(clientId: string): Promise<void> {
    const [sequence] = await api.sql`
      insert into invoice_sequences (reseller_id, type, prefix, format, restart)
      values (${api.operatorId}, 'outgoing', 'INV-', '{prefix}{seq}', 'never') returning id`;
    const [invoice] = await api.sql`
      insert into invoices (client_id, type, currency, timezone, period_start, period_end, total, origin, created_by)
      values (${clientId}, 'outgoing', 'USD', 'UTC', now() - interval '1 day', now(), 7, 'manual', 'user:1') returning id`;
    await api.sql`insert into invoice_lines (invoice_id, position, kind, amount) values (${invoice?.['id']}, 1, 'typed', 7)`;
    await api.sql`
      update invoices set status = 'issued', sequence_id = ${sequence?.['id']}, no = 'INV-1', no_seq = 1, issued_at = now()
      where id = ${invoice?.['id']}`;
    await api.sql`
      insert into allocations (client_id, credit_id, invoice_id, amount, at)
      select client_id, id, ${invoice?.['id']}, 1, now() from credits where client_id = ${clientId}`;
  }

  async function start(one: { id: string; name: string }): Promise<string> {
    const reply = await fullDelete(one.id, { name: one.name, reason });
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  }

  /** The columns that still name the client. */
  async function columnsWithClient(id: string): Promise<string[]> {
    const columns = await api.sql<{ table: string; column: string }[]>`
      select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.column_name ~ 'client_id$'
        and c.data_type = 'bigint'`;
    const found: string[] = [];
    for (const { table, column } of columns) {
      const rows = await api.sql`select 1 from ${api.sql(table)} where ${api.sql(column)} = ${id} limit 1`;
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found;
  }

  /** Kept for days only: requests as they came, and their answers. */
  const transient = ['request_log', 'idempotency_keys'];

  /** Where the database still has the text. */
  async function tablesWith(text: string): Promise<string[]> {
    const tables = await api.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> all (${transient})`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await api.sql`select 1 from ${api.sql(name)} t where t::text ilike ${`%${text}%`} limit 1`;
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  test.each([
    [{ name: 'Comet', reason }, 400, 'invalid', '#/name'],
    [{ reason }, 400, 'invalid', '#/name'],
    [{ name: 'Comet' }, 400, 'invalid', '#/reason'],
  ])('asks for the name and a reason: %j', async (body, status, code, pointer) => {
    const { id } = await client();
    await remove(id);
    expect(await fullDelete(id, body)).toBeProblem(status, code, pointer);
  });

  test('keeps no name in its reason', async () => {
    const { id, name } = await client();
    await remove(id);
    const body = { name, reason: `we remove ${name.toUpperCase()}` };
    expect(await fullDelete(id, body)).toBeProblem(400, 'invalid', '#/reason');
  });

  test('is only of deleted clients', async () => {
    const { id, name } = await client();
    expect(await fullDelete(id, { name, reason })).toBeProblem(409, 'conflict', '#/path/id');
  });

  test('is for administrators', async () => {
    const one = await deletedClient();
    const user = await asUser(api, (await makePerson(api, 'reseller_manager')).id);
    const options = { ...user, headers: { ...user.headers, ...always.headers } };
    const reply = await api.post(`/v1/clients/${one.id}/full-delete`, { name: one.name, reason }, options);
    expect(reply).toBeProblem(403, 'scope_missing');
  });

  test('removes everything of the client, and leaves an audit row without its name', async () => {
    const one = await deletedClient();
    const other = await client();
    await issueInvoice(one.id);
    const job = await finishJob(api, await start(one), { removeMonitor: () => Promise.resolve(3) });
    expect(job).toMatchObject({ kind: 'full_delete', status: 'finished', counts: { done: 1 } });

    expect(await api.get(`/v1/clients/${one.id}`)).toBeProblem(404, 'not_found');
    expect(await tablesWith(one.name)).toEqual([]);
    expect(await tablesWith(`${one.name.toLowerCase().replace(' ', '-')}@comet.example`)).toEqual([]);
    const { body: audit } = await api.get(`/v1/audit?subjectType=client&subjectId=${one.id}`);
    expect(audit.data).toMatchObject([
      {
        ...{ action: 'client.full_delete', reason, source: 'job' },
        after: { removed: { ledger_entries: 3, notifications: 1, deliveries: 1, balances: 1, monitors: 1 } },
      },
    ]);
    expect(await api.sql`select no, total::text, currency from removed_invoice_numbers`).toEqual([
      { no: 'INV-1', total: '7.000000', currency: 'USD' },
    ]);
    const { body: rows } = await api.get(`/v1/job-rows?jobId=${job.id}`);
    expect(rows.data).toMatchObject([{ clientId: null, clientName: null, outcome: 'done', problem: null }]);
    expect(rows.data[0].report).toMatch(/ledger_entries 3.*workflow executions 3$/);
    expect(api.temporal.calls.filter(({ method, id }) => method === 'removeMonitor' && id === one.id)).toHaveLength(1);
    expect((await api.get(`/v1/clients/${other.id}`)).body.balance.live.amount).toBe('10.00');
  });

  test('removes what every table holds of a client, and leaves what it transferred to another one', async () => {
    await api.sql`
      insert into resellers (id, parent_id, kind, name, path)
      select n, ${api.operatorId}, case n when 700 then 'reseller' else 'manager' end, 'Reseller ' || n,
        array[${api.operatorId}::bigint, n]
      from unnest(array[700, 701]) n`;
    await api.sql.begin((tx) => addRowsOf(tx, 700));
    const { id: other } = await client();
    await api.sql`insert into accounts (id, client_id, external_id, kind) values (900, ${other}, 'C', 'debit')`;
    await api.sql.begin(async (tx) => {
      await tx`
        insert into transfers (id, from_client_id, from_account_id, to_client_id, to_account_id, amount, currency, from_after, to_after, request_id, source)
        overriding system value
        values (901, 700, 700, ${other}, 900, 1, 'USD', -1, 1, 't-901', 'api')`;
      await tx`
        insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq, account_id, transfer_id)
        values (700, 'transfer_out', '901', -1, 'USD', now(), true, 0, 'api', 4, 700, 901),
          (${other}, 'transfer_in', '901', 1, 'USD', now(), true, 1, 'api', 9, 900, 901)`;
      await tx`
        insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq, account_id)
        values (700, 'charge', 'of-an-account', -1, 'USD', now(), true, 0, 'api', 5, 700)`;
    });
    await api.sql`update clients set status = 'deleted' where id = 700`;
    const job = await finishJob(api, await start({ id: '700', name: 'Client' }), {
      removeMonitor: () => Promise.resolve(1),
      removeResends: () => Promise.resolve(),
    });
    const { body: rows } = await api.get(`/v1/job-rows?jobId=${job.id}`);
    expect(rows.data[0]).toMatchObject({ outcome: 'done' });
    expect(rows.data[0].report).toMatch(/accounts 2.*transfers 1/);
    expect(await columnsWithClient('700')).toEqual([]);
    const { body: entries } = await api.get(`/v1/clients/${other}/entries?kind=transfer_in`);
    expect(entries.data).toMatchObject([{ kind: 'transfer_in', amount: '1.00' }]);
  });

  test('which the database refuses has failed at once, and says so', async () => {
    const one = await deletedClient();
    await api.sql`create table kept_elsewhere (id bigint primary key references clients on delete restrict)`;
    await api.sql`create function keep() returns trigger language plpgsql as $$ begin raise exception 'kept'; end $$`;
    await api.sql`create trigger keep before delete on kept_elsewhere for each row execute function keep()`;
    await api.sql`insert into kept_elsewhere values (${one.id})`;
    const job = await finishJob(api, await start(one), { removeMonitor: () => Promise.resolve(1) });
    const { body: rows } = await api.get(`/v1/job-rows?jobId=${job.id}`);
    expect(rows.data).toMatchObject([{ outcome: 'failed', problem: { code: 'internal' } }]);
    await api.sql`drop table kept_elsewhere`;
  });

  test('a worker that died between the rows and Temporal is followed by one that ends it', async () => {
    const one = await deletedClient();
    const jobId = await start(one);
    let tries = 0;
    const job = await finishJob(api, jobId, {
      removeMonitor: () => (++tries === 1 ? Promise.reject(new Error('the worker died')) : Promise.resolve(1)),
    });
    expect([tries, job.status, job.counts.done]).toEqual([2, 'finished', 1]);
    const { body: audit } = await api.get(`/v1/audit?subjectType=client&subjectId=${one.id}`);
    expect(audit.data.map(({ action }: { action: string }) => action)).toEqual(['client.full_delete']);
  });

  test('requested twice it is one job; a retry after the end finds nothing to remove', async () => {
    const one = await deletedClient();
    const jobId = await start(one);
    expect(await start(one)).toBe(jobId);
    await finishJob(api, jobId, { removeMonitor: () => Promise.resolve(0) });
    expect(await fullDelete(one.id, { name: one.name, reason })).toBeProblem(404, 'not_found');
  });

  test('is refused where the client was restored before its turn', async () => {
    const one = await deletedClient();
    const jobId = await start(one);
    await restore(one.id);
    const job = await finishJob(api, jobId, { removeMonitor: () => Promise.resolve(0) });
    expect(job.counts).toMatchObject({ done: 0, refused: 1 });
    expect((await api.get(`/v1/clients/${one.id}`)).body.status).toBe('stop');
  });

  test('the ledger is deleted from in no other way', async () => {
    const one = await deletedClient();
    await expect(api.sql`delete from ledger_entries where client_id = ${one.id}`).rejects.toThrow();
    const asService = api.sql.begin(async (tx) => {
      await tx`set local role lowwater_service`;
      await tx`select remove_referencing('clients', 'true', '{}')`;
    });
    await expect(asService).rejects.toThrow(/permission denied/);
    const { id } = await client();
    const [row] = await api.sql`select remove_client(${id}) as removed`;
    expect(row).toEqual({ removed: null });
  });
});
