import type { TestApi } from '../api/api.js';

interface Marked {
  /** in every text */
  readonly mark: string;
  readonly resellerId: string;
  /** of that reseller */
  readonly key: string;
}

/** A rate table of a reseller with a rate, and an import of it: ids by the collection of the API. */
export async function makeMarkedRates(
  api: TestApi,
  { mark, resellerId, key }: Marked,
): Promise<Record<'agreements' | 'rate-tables' | 'table-rates' | 'rate-imports', string>> {
  const made = async (path: string, body: object): Promise<string> => {
    const reply = await api.post(path, body);
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  };
  const agreement = await made('/v1/agreements', { name: mark, resellerId });
  const fields = { name: mark, currency: 'USD', notes: mark, agreementId: agreement, resellerId };
  const table = await made('/v1/rate-tables', fields);
  const rate = { code: '7319', codeName: mark, rate: '1', effectiveFrom: '2026-01-01T00:00:00Z', notes: mark };
  const row = await made(`/v1/rate-tables/${table}/rates`, { ...rate, tags: [mark] });
  const file = await api.post(`/v1/rate-tables/${table}/imports?fileName=${mark}.csv`, undefined, {
    ...{ key, rawBody: `Code,Rate,Notes\n7319,1,${mark}\n`, headers: { 'Content-Type': 'text/csv' } },
  });
  expect(file).toHaveStatus(201);
  return { agreements: agreement, 'rate-tables': table, 'table-rates': row, 'rate-imports': file.body.id };
}

/** A rate notification of a client, with its file. @returns its id */
export async function insertMarkedNotification(api: TestApi, clientId: string, mark: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into rate_notifications (client_id, rate_table_id, rate_table_name, kind, due_at, changed_at, reason)
    select id, origination_rate_table_id, ${mark}, 'forced', now(), now(), ${mark} from clients where id = ${clientId}
    returning id`;
  const id = row?.id ?? '';
  await api.sql`
    insert into rate_notification_files (rate_notification_id, position, file_name, time_profile, rates, content)
    values (${id}, 0, ${`${mark}.csv`}, 'all', 1, ${Buffer.from(mark)})`;
  return id;
}
