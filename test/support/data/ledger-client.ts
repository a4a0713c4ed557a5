import type { TestApi } from '../api/api.js';

export interface LedgerClientWish {
  readonly currency?: string;
  readonly status?: string;
  readonly creditLimit?: string;
  readonly balanceModel?: string;
  readonly resellerId?: string;
}

/** A client with a balance and a monitor. */
export async function newLedgerClient(api: TestApi, options: LedgerClientWish = {}): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, status, credit_limit)
    values (${options.resellerId ?? api.operatorId}, 'Customer A', ${options.currency ?? 'USD'},
      ${options.balanceModel ?? 'prepaid'}, ${options.status ?? 'active'}, ${options.creditLimit ?? '0'})
    returning id`;
  const id = row?.id ?? '';
  await api.sql`insert into balances (client_id) values (${id})`;
  await api.sql`insert into monitors (client_id) values (${id})`;
  return id;
}
