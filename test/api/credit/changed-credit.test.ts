import type { TestApi } from '../../support/api/api.js';
import { api, clientId, until, newClient, viewOf, storedGrant, useCreditApi } from '../../support/credit/credit-api.js';

useCreditApi();

describe('what was lent', () => {
  test('is listed by client, status and time', async () => {
    const other = await newClient();
    await storedGrant({ status: 'reverted', from: '2026-01-01T00:00:00Z', until: '2026-01-05T00:00:00Z' });
    const open = await storedGrant();
    const others = await storedGrant({
      client: other,
      status: 'scheduled',
      from: '2026-05-01T00:00:00Z',
      until: '2026-05-05T00:00:00Z',
    });
    const ids = async (query: string): Promise<string[]> =>
      (await api.get(`/v1/temporary-credits?${query}`)).body.data.map((row: { id: string }) => row.id);
    expect(await ids(`clientId=${clientId}&status=active,scheduled`)).toEqual([open]);
    expect(await ids(`clientId=${clientId}`)).toHaveLength(2);
    expect(await ids('from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z')).toEqual([others]);
    const { body } = await api.get(`/v1/temporary-credits/${open}`);
    expect(body).toMatchObject({
      id: open,
      clientName: 'Customer B',
      creditLimit: '100.00',
      amount: '50.00',
      validUntil: until,
      warnedAt: null,
      endedAt: null,
    });
    const bad = await api.get('/v1/temporary-credits?status=late');
    expect(bad).toBeProblem(400, 'invalid', '#/query/status');
  });

  test('stands beside the limit of its time once it has ended', async () => {
    const ended = await storedGrant({ status: 'reverted' });
    await api.sql`
      insert into credit_limit_history
        (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, grant_id, actor)
      values (${clientId}, now(), 'reverted', 80, 80, 50, 0, ${ended}, 'system')`;
    expect((await api.get(`/v1/temporary-credits/${ended}`)).body.creditLimit).toBe('80.00');
  });

  test('names who lent it, but not to a customer whose operator it was', async () => {
    const branch = await api.reseller('Sub-Reseller B');
    const grant = await storedGrant({ client: await newClient({ resellerId: branch }) });
    const own = await api.get(`/v1/temporary-credits/${grant}`);
    const [key] = await api.sql<{ name: string }[]>`select name from api_keys where id = 1`;
    expect(own.body.grantedByName).toBe(key?.name);
    const customer = await api.makeKey({ resellerId: branch });
    const seen = await api.get(`/v1/temporary-credits/${grant}`, { key: customer });
    expect(seen).toHaveStatus(200);
    expect(seen.body.grantedBy).toBe('key:1');
    expect(seen.body.grantedByName).toBeNull();
  });

  test('is changed and cancelled by the monitor, at the version that was read', async () => {
    const id = await storedGrant();
    api.temporal.answer('changeGrant', async (client, input) =>
      viewOf(client, { id: input.grantId, amount: input.amount ?? '1', version: 2 }),
    );
    api.temporal.answer('cancelGrant', async (client, input) =>
      viewOf(client, { id: input.grantId, status: 'cancelled', version: 3 }),
    );
    const changed = await api.call(
      'PATCH',
      `/v1/temporary-credits/${id}`,
      { amount: '60', reason: 'late' },
      { headers: { 'If-Match': '"1"' } },
    );
    expect(changed).toHaveStatus(200);
    expect(changed.body.amount).toBe('60.00');
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(api.temporal.calls[0]).toMatchObject({
      method: 'changeGrant',
      id: clientId,
      input: { grantId: id, amount: '60.00', ifVersion: 1, reason: 'late' },
    });
    const cancelled = await api.post(`/v1/temporary-credits/${id}/cancel`, { reason: 'paid' });
    expect(cancelled).toHaveStatus(200);
    expect(cancelled.body.status).toBe('cancelled');
    expect(api.temporal.calls[1]?.input).not.toHaveProperty('ifVersion');
  });

  test('is not changed blindly, by halves, or by strangers', async () => {
    const id = await storedGrant();
    const path = `/v1/temporary-credits/${id}`;
    const change = (body: object, headers: Record<string, string>, key = api.key): ReturnType<TestApi['call']> =>
      api.call('PATCH', path, body, { headers, key });
    expect(await change({ amount: '60', reason: 'r' }, {})).toBeProblem(428, 'precondition_required');
    const stale = await change({ amount: '60', reason: 'r' }, { 'If-Match': '"4"' });
    expect(stale).toBeProblem(412, 'version_stale');
    expect(stale.body.current.id).toEqual(id);
    const empty = await change({ reason: 'r' }, { 'If-Match': '"1"' });
    expect(empty).toBeProblem(400, 'invalid', '#');
    const both = await change({ amount: '60', percent: '5', reason: 'r' }, { 'If-Match': '"1"' });
    expect(both).toBeProblem(400, 'invalid', '#/amount');
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller D') });
    expect(await change({ amount: '60', reason: 'r' }, { 'If-Match': '"1"' }, stranger)).toBeProblem(404, 'not_found');
    expect(await api.post(`${path}/cancel`, { reason: 'r' }, { key: stranger })).toBeProblem(404, 'not_found');
    expect(await api.get(path, { key: stranger })).toBeProblem(404, 'not_found');
    expect((await api.get('/v1/temporary-credits', { key: stranger })).body.data).toEqual([]);
    expect(api.temporal.calls).toEqual([]);
  });
});
