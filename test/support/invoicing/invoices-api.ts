import type { Reply, TestApi } from '../api/api.js';

/** What tests of invoices say to the API, for the client of one test. */
export interface InvoicesClient {
  readonly id: string;
  pay(amount: string, more?: object): Promise<string>;
  charge(amount: string, at: string): Promise<void>;
  /** the reply to a new invoice */
  invoice(body?: object): Promise<Reply>;
  /** issues an invoice of one line, and returns its id */
  issue(amount: string): Promise<string>;
  balances(): Promise<Record<string, string | null>>;
  /** outstanding amount and payment status of invoices, by `outstanding status` */
  states(...ids: readonly string[]): Promise<string[]>;
}

let serial = 0;
export const newId = (): string => `t-${++serial}`;

/** A client that was created at the beginning of 2026, so that its periods lie before now. */
export async function invoicesClient(api: TestApi, wish: object = {}): Promise<InvoicesClient> {
  const created = await api.post('/v1/clients', { name: 'Acme', currency: 'USD', timezone: 'Europe/Kyiv', ...wish });
  expect(created).toHaveStatus(201);
  const { id, currency } = created.body;
  await api.sql`update clients set created_at = '2026-01-01T00:00:00Z' where id = ${id}`;
  const posted = async (path: string, body: object): Promise<Reply> => {
    const reply = await api.post(path, body);
    expect(reply).toHaveStatus(201);
    return reply;
  };
  return {
    id,
    async pay(amount, more = {}) {
      const paymentId = newId();
      await posted(`/v1/clients/${id}/payments`, { id: paymentId, amount, currency, ...more });
      return paymentId;
    },
    async charge(amount, at) {
      await posted(`/v1/clients/${id}/charges`, { id: newId(), amount, currency, at });
    },
    invoice: (body = {}) => api.post(`/v1/clients/${id}/invoices`, body),
    async issue(amount) {
      // Each period ends a second after the one before, all of them in the past.
      const until = (await api.get(`/v1/clients/${id}/balances`)).body.lastInvoicedAt ?? '2026-02-01T00:00:00Z';
      const periodEnd = new Date(Date.parse(until) + 1000).toISOString();
      const lines = [{ description: 'Traffic', amount }];
      const reply = await posted(`/v1/clients/${id}/invoices`, { periodEnd, lines, issue: true });
      return reply.body.id;
    },
    balances: async () => (await api.get(`/v1/clients/${id}/balances`)).body,
    async states(...ids) {
      const replies = await Promise.all(ids.map((one) => api.get(`/v1/invoices/${one}`)));
      return replies.map(({ body }) => `${body.outstanding} ${body.paymentStatus ?? body.status}`);
    },
  };
}

/** Clients whose balances are not what their invoices and credits add up to; none when all is well. */
export async function proveSettlement(sql: TestApi['sql']): Promise<readonly unknown[]> {
  return sql`
    select b.client_id, b.fixed, b.unallocated, b.outstanding, k.unallocated as credits, i.outstanding as invoices
    from balances b
    cross join lateral (
      select coalesce(sum(amount - used), 0) as unallocated,
        coalesce(bool_or(used > amount) and bool_or(used < amount), false) as uncovered,
        coalesce(sum(amount - used) filter (where used > amount), 0) as overdrawn,
        coalesce(sum(used - coalesce((select sum(a.amount) from allocations a where a.credit_id = c.id), 0)), 0) as fault
      from credits c where c.client_id = b.client_id) k
    cross join lateral (
      select coalesce(sum(outstanding), 0) as outstanding,
        coalesce(sum(paid + credited - coalesce((select sum(a.amount) from allocations a where a.invoice_id = v.id), 0)), 0) as fault
      from invoices v where v.client_id = b.client_id) i
    where b.fixed <> b.unallocated - b.outstanding or b.unallocated <> k.unallocated or b.outstanding <> i.outstanding
      or k.fault <> 0 or i.fault <> 0 or k.uncovered or b.unallocated < k.overdrawn`;
}
