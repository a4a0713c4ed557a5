import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const whole = { name: 'Acme', currency: 'USD', balanceModel: 'prepaid', billingEmail: 'billing@acme.example' };

async function made(body: Record<string, unknown> = {}): Promise<Reply> {
  const reply = await api.post('/v1/clients', { ...whole, ...body });
  expect(reply).toHaveStatus(201);
  return reply;
}

const change = (id: string, body: unknown, etag = '*'): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, body, { headers: { 'If-Match': etag } });

async function kinds(id: string): Promise<string[]> {
  const rows = await api.sql<{ kind: string }[]>`select kind from outbox where client_id = ${id} order by kind`;
  return rows.map(({ kind }) => kind);
}

describe('a client', () => {
  test('gets what is missing, and a monitor', async () => {
    const { body } = await made({ billingEmail: undefined, balanceModel: undefined });
    expect(body).toMatchObject({
      resellerId: api.operatorId,
      resellerName: 'Company Name',
      managerId: null,
      profileId: null,
      balanceModel: 'prepaid',
      openingBalance: '0.00',
      creditLimit: '0.00',
      status: 'active',
      billingEmail: null,
      ownerEmail: null,
      warningThresholds: [],
      checkEveryMinutes: 60,
      timezone: 'UTC',
      locale: 'en',
      tags: [],
      state: 'unknown',
      nextCheckAt: null,
    });
    expect(await kinds(body.id)).toContain('configurationChanged');
  });

  test('begins with its opening balance, as an adjustment that is no refill', async () => {
    const { body } = await made({ openingBalance: '-12.345678', creditLimit: '20' });
    expect(body.balance).toEqual({
      available: { amount: '7.654322', currency: 'USD' },
      live: { amount: '-12.345678', currency: 'USD' },
      fixed: { amount: '0.00', currency: 'USD' },
      lastKnown: null,
    });
    const rows = await api.sql`select kind, external_id, amount from ledger_entries where client_id = ${body.id}`;
    expect([...rows]).toEqual([{ kind: 'adjustment', external_id: 'opening', amount: '-12.345678' }]);
    const [balance] = await api.sql`select refill_seq from balances where client_id = ${body.id}`;
    expect(balance?.['refill_seq']).toBe('0');
  });

  test('has no limit to show when it has none', async () => {
    const { body } = await made({ balanceModel: 'unlimited', openingBalance: '103.70' });
    expect(body.balance.available).toEqual({ unlimited: true, currency: 'USD' });
    expect(body.balance.live).toEqual({ amount: '103.70', currency: 'USD' });
  });

  test('takes warning thresholds as the manual writes them, with commas', async () => {
    const { body } = await made({ balanceModel: 'postpaid', warningThresholds: '75 %, 90%,950.00' });
    // A comma separates thresholds, and never decimals.
    expect((await made({ warningThresholds: '10,5' })).body.warningThresholds).toEqual(['10.00', '5.00']);
    expect((await made({ warningThresholds: ' ' })).body.warningThresholds).toEqual([]);
    expect(await api.post('/v1/clients', { ...whole, warningThresholds: '10,,20' })).toBeProblem(
      400,
      'invalid',
      '#/warningThresholds/1',
    );
    expect(body.warningThresholds).toEqual(['75%', '90%', '950.00']);
  });

  test('stores warning thresholds in one form, also when its currency changes', async () => {
    const { body } = await made({ balanceModel: 'postpaid', warningThresholds: ['050', '75.0%', '12.345', '0.50%'] });
    expect(body.warningThresholds).toEqual(['50.00', '75%', '12.345', '0.5%']);
    const yen = await change(body.id, { currency: 'JPY' }, '*');
    expect(yen.body.warningThresholds).toEqual(['50', '75%', '12.345', '0.5%']);
    const { body: rules } = await api.get(`/v1/clients/${body.id}/rules`);
    expect(rules.data.map(({ key }: { key: string }) => key)).toEqual([
      'warning:50',
      'warning:75%',
      'warning:12.345',
      'warning:0.5%',
    ]);
    const dinar = await change(body.id, { currency: 'KWD', warningThresholds: '50,75 %' }, '*');
    expect(dinar.body.warningThresholds).toEqual(['50.000', '75%']);
  });

  test.each([
    ['two spellings of an amount', ['10.00', '10'], '#/warningThresholds/1', /same threshold as "10.00" at position 0/],
    [
      'two spellings of a share',
      ['5', '75%', '75.0%'],
      '#/warningThresholds/2',
      /same threshold as "75%" at position 1/,
    ],
  ])('refuses %s with the position', async (_what, warningThresholds, pointer, detail) => {
    const { body } = await made({ balanceModel: 'postpaid' });
    const reply = await change(body.id, { warningThresholds }, '*');
    expect(reply).toBeProblem(400, 'invalid', pointer);
    expect(reply.body.errors[0].detail).toMatch(detail);
  });

  test('is changed in part; null empties', async () => {
    const { body: before } = await made({
      tags: ['a', 'b', 'a'],
      ownerEmail: 'owner@acme.example',
      taxId: 'DE 123',
    });
    expect(before.tags).toEqual(['a', 'b']);
    await api.sql`delete from outbox`;
    const reply = await change(before.id, { ownerEmail: null, status: 'stop', tags: [] }, `"${before.version}"`);
    expect(reply).toHaveStatus(200);
    expect(reply.body).toEqual({
      ...before,
      ownerEmail: null,
      status: 'stop',
      tags: [],
      version: before.version + 1,
      updatedAt: reply.body.updatedAt,
      serverTime: reply.body.serverTime,
    });
    expect(await kinds(before.id)).toEqual(['configurationChanged']);
    const [audit] = await api.sql`select action, before, after from audit order by id desc limit 1`;
    expect(audit).toMatchObject({
      action: 'client.update',
      before: { status: 'active', ownerEmail: 'owner@acme.example' },
      after: { status: 'stop', ownerEmail: null },
    });
  });

  test('has tax and registration ids of up to 64 characters', async () => {
    const { body } = await made({ taxId: ' UA 1234567890 ', registrationId: '7'.repeat(64) });
    expect(body).toMatchObject({ taxId: 'UA 1234567890', registrationId: '7'.repeat(64) });
    expect(await change(body.id, { taxId: '1'.repeat(65) })).toBeProblem(400, 'invalid', '#/taxId');
    const emptied = await change(body.id, { taxId: null });
    expect(emptied.body).toMatchObject({ taxId: null, registrationId: '7'.repeat(64) });
  });

  test('keeps a history of its credit limit, with who and why', async () => {
    const { body } = await made({ creditLimit: '10.00' });
    await change(body.id, { creditLimit: '25.50', reason: 'good payer' });
    await change(body.id, { name: 'Acme 2' });
    const rows = await api.sql`
      select permanent_before, permanent_after, actor, reason from credit_limit_history
      where client_id = ${body.id} order by id`;
    expect([...rows]).toEqual([
      { permanent_before: '0.000000', permanent_after: '10.000000', actor: 'key:1', reason: 'client created' },
      { permanent_before: '10.000000', permanent_after: '25.500000', actor: 'key:1', reason: 'good payer' },
    ]);
    expect(await kinds(body.id)).toEqual(['balanceChanged', 'configurationChanged']);
  });

  test('may change its currency until money has moved', async () => {
    const { body } = await made();
    expect((await change(body.id, { currency: 'EUR' })).body.currency).toBe('EUR');
    const payment = { id: `moves-${body.id}`, clientId: body.id, amount: '1.00', currency: 'EUR' };
    expect(await api.post('/v1/payments', payment)).toHaveStatus(201);
    expect(await change(body.id, { currency: 'USD' })).toBeProblem(409, 'conflict', '#/currency');
    expect((await api.get(`/v1/clients/${body.id}`)).body.currency).toBe('EUR');
  });

  test('whose opening balance is not zero keeps its currency from the start', async () => {
    const { body } = await made({ openingBalance: '5.00' });
    expect(await change(body.id, { currency: 'EUR' })).toBeProblem(409, 'conflict', '#/currency');
  });

  describe('whose temporary credit is active', () => {
    async function withGrant(status: 'active' | 'scheduled' = 'active'): Promise<{ id: string; grantId: string }> {
      const { body } = await made({ creditLimit: '10.00' });
      const [grant] = await api.sql<{ id: string }[]>`
        insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
        values (${body.id}, 1, 'r', 5, 'USD', ${new Date(Date.now() + (status === 'active' ? -3_600_000 : 1_800_000))},
          ${new Date(Date.now() + 3_600_000)}, ${status}, 'test', 'key:1')
        returning id`;
      return { id: body.id, grantId: grant?.id ?? '' };
    }

    async function ended(grantId: string): Promise<unknown> {
      const [row] = await api.sql`
        select t.status, h.kind, h.temporary_before::float8 as before, h.temporary_after::float8 as after, h.reason,
          a.action, a.reason as why
        from temporary_credits t
        left join credit_limit_history h on h.grant_id = t.id
        left join audit a on a.subject_type = 'temporary_credit' and a.subject_id = t.id::text
        where t.id = ${grantId}`;
      return row;
    }

    const trace = { status: 'cancelled', kind: 'cancelled', after: 0, action: 'temporary_credit.cancel' };

    test('loses it when it is made unlimited', async () => {
      const { id, grantId } = await withGrant();
      const why = 'new contract';
      expect(await change(id, { balanceModel: 'unlimited', creditLimit: '0', reason: why })).toHaveStatus(200);
      expect(await ended(grantId)).toEqual({
        ...trace,
        before: 5,
        reason: 'became_unlimited: new contract',
        why: 'became_unlimited: new contract',
      });
    });

    test('loses it when it is deleted, also before it began; the overview no longer counts it', async () => {
      const before = (await api.get('/v1/overview')).body;
      for (const status of ['active', 'scheduled'] as const) {
        const { id, grantId } = await withGrant(status);
        const reply = await api.call('DELETE', `/v1/clients/${id}?reason=left`, undefined, {
          headers: { 'If-Match': '*' },
        });
        expect(reply).toHaveStatus(204);
        expect(await ended(grantId)).toEqual({
          ...trace,
          before: status === 'active' ? 5 : 0,
          reason: 'left',
          why: 'left',
        });
      }
      expect((await api.get('/v1/overview')).body.creditsActive).toBe(before.creditsActive);
    });

    test('keeps it when it is stopped', async () => {
      const { id, grantId } = await withGrant();
      expect(await change(id, { status: 'stop' })).toHaveStatus(200);
      expect(await ended(grantId)).toMatchObject({ status: 'active', kind: null, action: null });
    });
  });

  test('takes its language from its reseller where none is given, and the time zone UTC from no one', async () => {
    const below = await api.post('/v1/resellers', { name: 'Kyiv branch', locale: 'uk', timezone: 'Europe/Kyiv' });
    const { body } = await made({ resellerId: below.body.id, locale: undefined, timezone: undefined });
    expect(body).toMatchObject({ locale: 'uk', timezone: 'UTC' });
    expect((await made({ timezone: 'Europe/kyiv' })).body.timezone).toBe('Europe/Kyiv');
    expect((await made({ timezone: 'utc' })).body.timezone).toBe('UTC');
    const unknown = await api.post('/v1/clients', { name: 'Far', currency: 'USD', timezone: 'SystemV/EST5' });
    expect(unknown).toBeProblem(400, 'invalid', '#/timezone');
    const tags = Array.from({ length: 1500 }, (_, n) => `${n}`.padStart(60, 'x'));
    expect(await api.post('/v1/clients', { name: 'Tagged', currency: 'USD', tags })).toBeProblem(
      400,
      'invalid',
      '#/tags',
    );
    const own = await made({ resellerId: below.body.id, locale: 'en', timezone: 'Europe/Madrid' });
    expect(own.body).toMatchObject({ locale: 'en', timezone: 'Europe/Madrid' });
  });

  test.each(['mainEmail', 'nocEmail', 'billingEmail', 'ratesEmail', 'ownerEmail'])(
    'takes Latin characters only as its %s, and is found by it with *',
    async (name) => {
      const reply = await api.post('/v1/clients', { ...whole, [name]: 'рахунки@acme.example' });
      expect(reply).toBeProblem(400, 'invalid', `#/${name}`);
      expect(reply.body.errors[0].detail).toBe(
        'must be an email address in Latin characters; character 1, "р", is not',
      );
      const { body } = await made({ [name]: `${name}.desk@wildcard.example` });
      const found = await api.get(`/v1/clients?${name}=*DESK@wild*`);
      expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    },
  );

  test('has any number of tags, each once whatever its case, and is found by them', async () => {
    const many = Array.from({ length: 120 }, (_, n) => `made ${n}`);
    const { body } = await made({ tags: [' Gold Tier ', 'gold tier', ...many] });
    expect(body.tags).toEqual(['Gold Tier', ...many]);
    for (const query of ['tag=GOLD%20tier', 'tags=gold%20tier,MADE%2099']) {
      const found = await api.get(`/v1/clients?${query}`);
      expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    }
    const wrong = ['a,b', 'x'.repeat(65), ' ', 'a\nb'];
    for (const tag of wrong) {
      expect(await api.post('/v1/clients', { ...whole, tags: ['good', tag] })).toBeProblem(400, 'invalid', '#/tags/1');
    }
  });

  test('has an address and account details of several lines', async () => {
    const { body } = await made({ address: ' 1 Main St\r\nKyiv ', accountDetails: 'IBAN\n\nUA21' });
    expect(body).toMatchObject({ address: '1 Main St\nKyiv', accountDetails: 'IBAN\n\nUA21' });
    expect(await api.post('/v1/clients', { ...whole, address: 'a\u0000b' })).toBeProblem(400, 'invalid', '#/address');
  });

  test('has no credit limit beside unlimited credit, the "Postpaid" of the manual', async () => {
    const both = { ...whole, balanceModel: 'unlimited', creditLimit: '10.00' };
    expect(await api.post('/v1/clients', both)).toBeProblem(409, 'client_unlimited', '#/creditLimit');
    const { body } = await made({ balanceModel: 'unlimited', creditLimit: '0' });
    expect(await change(body.id, { creditLimit: '5', reason: 'contract' })).toBeProblem(
      409,
      'client_unlimited',
      '#/creditLimit',
    );
    const postpaid = await made({ balanceModel: 'postpaid', creditLimit: '-5' });
    expect(postpaid.body).toMatchObject({ balanceModel: 'postpaid', creditLimit: '-5.00' });
  });

  test('has an id in the billing that is its own', async () => {
    await made({ externalId: 'billing-7' });
    const reply = await api.post('/v1/clients', { ...whole, externalId: 'billing-7' });
    expect(reply).toBeProblem(409, 'already_exists', '#/externalId');
  });

  test('is deleted by its status: still to be read, and its monitor is told', async () => {
    const { body } = await made();
    await api.sql`delete from outbox`;
    const reply = await api.call('DELETE', `/v1/clients/${body.id}?reason=left`, undefined, {
      headers: { 'If-Match': `"${body.version}"` },
    });
    expect(reply).toHaveStatus(204);
    expect(reply.text).toBe('');
    expect((await api.get(`/v1/clients/${body.id}`)).body.status).toBe('deleted');
    expect(await kinds(body.id)).toEqual(['configurationChanged']);
    const [audit] = await api.sql`select action, reason from audit order by id desc limit 1`;
    expect(audit).toEqual({ action: 'client.delete', reason: 'left' });
  });

  test('belongs to a manager who works for its reseller or for one above', async () => {
    const branch = await api.reseller('Branch');
    const manager = (parentId: string): Promise<Reply> =>
      api.post('/v1/resellers', { name: 'Manager', kind: 'manager', parentId, email: 'm@operator.example' });
    const [above, own] = [await manager(api.operatorId), await manager(branch)];
    for (const { body } of [above, own]) await made({ resellerId: branch, managerId: body.id });
    const stranger = await manager(await api.reseller('Elsewhere'));
    const reply = await api.post('/v1/clients', { ...whole, resellerId: branch, managerId: stranger.body.id });
    expect(reply).toBeProblem(409, 'conflict', '#/managerId');
    const owner = await api.post('/v1/clients', { ...whole, resellerId: own.body.id });
    expect(owner).toBeProblem(409, 'conflict', '#/resellerId');
  });
});
