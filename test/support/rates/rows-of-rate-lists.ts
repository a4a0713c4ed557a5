import type { TestApi } from '../api/api.js';

/** A rate table with several rates, and an import of which several rows are refused, and several come too soon. */
export async function addRates(
  api: TestApi,
  name = 'Rates of lists',
): Promise<Record<'rateTableId' | 'rateImportId', string>> {
  const made = async (path: string, body: unknown): Promise<string> => {
    const reply = await api.post(path, body);
    if (reply.status >= 300) throw new Error(`${reply.request}: ${reply.text}`);
    return reply.body.id;
  };
  const agreementId = await made('/v1/agreements', { name: `${name} with terms` });
  const rateTableId = await made('/v1/rate-tables', { name, currency: 'EUR', agreementId });
  for (const [code, rate, day] of [
    ['380', '0.9', 1],
    ['380', '0.10', 2],
    ['48', '12', 1],
  ] as const) {
    const effectiveFrom = `2026-01-0${day}T00:00:00Z`;
    await made(`/v1/rate-tables/${rateTableId}/rates`, { code, rate, effectiveFrom, codeName: `Name ${rate}` });
  }
  const reply = await api.post(`/v1/rate-tables/${rateTableId}/imports?fileName=rates.csv`, undefined, {
    ...{ rawBody: 'Code,Rate\n1,x\n2,y\n3,0.2\n4,0.1\n', headers: { 'Content-Type': 'text/csv' } },
  });
  const rateImportId: string = reply.body.id;
  await api.post(`/v1/rate-imports/${rateImportId}/mapping`, {
    ...{ fields: ['code', 'rate'], options: { effectiveFrom: '2020-01-01T00:00:00Z' } },
  });
  await api.post(`/v1/rate-imports/${rateImportId}/check`);
  return { rateTableId, rateImportId };
}

/** Each client uses a table, of which two notifications were asked for. */
export async function addRateNotifications(api: TestApi, clientIds: readonly string[]): Promise<void> {
  await api.sql`
    insert into rate_notifications (client_id, rate_table_id, rate_table_name, kind, due_at, changed_at)
    select c.id, t.id, t.name || ' ' || c.id, k.kind, timestamptz '2026-01-01' + c.id * interval '1 hour' + k.n * interval '1 day', now()
    from clients c join rate_tables t on t.id = c.origination_rate_table_id
    cross join (values ('forced', 1), ('correction', 2)) as k (kind, n) where c.id = any (${[...clientIds]}::bigint[])`;
}
