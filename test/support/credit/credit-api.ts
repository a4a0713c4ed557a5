import type { GrantView } from '../../../src/contract/temporary-credit.js';
import { startTestApi, type TestApi } from '../api/api.js';

export let api: TestApi;
export let clientId: string;

const now = Date.parse('2026-03-01T10:00:00Z');

export const until = '2026-03-05T18:00:00Z';

export async function newClient(
  fields: { creditLimit?: string; model?: string; currency?: string; status?: string; resellerId?: string } = {},
): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, credit_limit, status)
    values (${fields.resellerId ?? api.operatorId}, 'Customer B', ${fields.currency ?? 'USD'}, ${fields.model ?? 'postpaid'},
      ${fields.creditLimit ?? '100'}, ${fields.status ?? 'active'}) returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

export function viewOf(client: string, fields: Partial<GrantView>): GrantView {
  return {
    id: '77',
    clientId: client,
    amount: '50.00',
    percent: null,
    currency: 'USD',
    validFrom: '2026-03-01T10:00:00.000Z',
    validUntil: '2026-03-05T18:00:00.000Z',
    status: 'active',
    reason: 'bank holiday',
    grantedBy: 'key:1',
    version: 1,
    ...fields,
  };
}

/** A grant as the monitor's own activity would have written it. */
export async function storedGrant(
  fields: { amount?: string; status?: string; from?: string; until?: string; requestId?: string; client?: string } = {},
): Promise<string> {
  const status = fields.status ?? 'active';
  const [row] = await api.sql<{ id: string }[]>`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by, ended_at)
    select ${fields.client ?? clientId}, coalesce(max(seq), 0) + 1, ${fields.requestId ?? `r${Math.random()}`}, ${fields.amount ?? '50'}, 'USD',
      ${fields.from ?? '2026-03-01T09:00:00Z'}, ${fields.until ?? until}, ${status}, 'bank holiday', 'key:1',
      ${status === 'reverted' || status === 'cancelled' ? '2026-03-01T09:30:00Z' : null}
    from temporary_credits where client_id = ${fields.client ?? clientId}
    returning id`;
  return row?.id ?? '';
}

export async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select sum(credit_limit) from clients), (select sum(version) from clients), (select count(*) from outbox),
      (select count(*) from credit_limit_history), (select count(*) from audit), (select count(*) from temporary_credits)) as text`;
  return row?.text ?? '';
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useCreditApi(): void {
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    api.now = now;
    api.temporal.calls.length = 0;
    await api.sql`delete from outbox`;
    clientId = await newClient();
    api.temporal.answer('grantCredit', async (id, input) =>
      viewOf(id, { amount: input.amount ?? '20.00', validUntil: input.validUntil, reason: input.reason }),
    );
  });
}
