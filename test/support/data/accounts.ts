import { randomUUID } from 'node:crypto';
import type { Reply, TestApi } from '../api/api.js';

let serial = 0;

/** An account under a client, made as a user makes it; `balance` is adjusted to it. */
export async function makeAccount(
  api: TestApi,
  clientId: string,
  { balance, ...fields }: Readonly<Record<string, unknown>> & { readonly balance?: string } = {},
): Promise<{ readonly id: string; readonly etag: string }> {
  const externalId = `acc-${++serial}`;
  await api.sql`update clients set transfers_allowed = 'yes' where id = ${clientId}`;
  const made = await api.post(`/v1/clients/${clientId}/accounts`, { externalId, kind: 'debit', ...fields });
  expect(made).toHaveStatus(201);
  const { id, currency } = made.body;
  if (balance !== undefined) {
    const body = { id: `balance-${externalId}`, amount: balance, currency, accountId: id };
    expect(await api.post(`/v1/clients/${clientId}/adjustments`, body)).toHaveStatus(201);
  }
  return { id, etag: made.headers.get('etag') ?? '' };
}

/** Sends a transfer by a new Idempotency-Key, unless one is given. */
export function sendTransfer(
  api: TestApi,
  body: object,
  { idempotencyKey = randomUUID(), key }: { readonly idempotencyKey?: string; readonly key?: string } = {},
): Promise<Reply> {
  const headers = { 'Idempotency-Key': idempotencyKey };
  return api.post('/v1/transfers', { currency: 'USD', ...body }, { headers, ...(key !== undefined && { key }) });
}
