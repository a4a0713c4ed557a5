import type { AccountKind } from '../../../src/domain/accounts/accounts.js';
import { parseMoney } from '../../../src/domain/money.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { recordTransfer, type DoneTransfer } from '../../../src/services/accounts/record-transfer.js';
import { requesterAt } from '../data/requester.js';
import { database, entry } from './ledger-database.js';

let serial = 0;

interface AccountOptions {
  readonly kind?: AccountKind;
  readonly creditLimit?: string;
  readonly status?: string;
  readonly expiresOn?: string;
  readonly dailyTransferLimit?: string;
  /** paid to the account at once; below zero: charged */
  readonly balance?: string;
}

/** An account under the client, with its own balance. */
export async function newAccount(clientId: string, options: AccountOptions = {}): Promise<string> {
  const { kind = 'debit', creditLimit = '0', expiresOn = null, dailyTransferLimit = null, balance } = options;
  await database.sql`update clients set transfers_allowed = 'yes' where id = ${clientId}`;
  const [row] = await database.sql<{ id: string }[]>`
    insert into accounts (client_id, external_id, kind, credit_limit, expires_on, daily_transfer_limit)
    values (${clientId}, ${`account-${++serial}`}, ${kind}, ${creditLimit}, ${expiresOn}, ${dailyTransferLimit})
    returning id`;
  const id = row?.id ?? '';
  if (balance !== undefined) {
    await recordEntry(requesterAt(database.sql), entry(clientId, 'adjustment', balance, { accountId: id }));
  }
  if (options.status !== undefined) await database.sql`update accounts set status = ${options.status} where id = ${id}`;
  return id;
}

/** A transfer, by a new request unless its id is given. */
export function transferOf(
  fromAccountId: string,
  toAccountId: string,
  amount: string,
  more: { readonly currency?: string; readonly requestId?: string; readonly now?: number } = {},
): Promise<DoneTransfer> {
  const { currency = 'USD', requestId = `request-${++serial}`, now } = more;
  return recordTransfer(requesterAt(database.sql, now), {
    ...{ fromAccountId, toAccountId, currency, requestId, note: null },
    amount: parseMoney(amount),
  });
}

export async function accountBalance(id: string): Promise<string> {
  const [row] = await database.sql<{ balance: string }[]>`
    select balance::numeric(24, 2)::text as balance from accounts where id = ${id}`;
  return row?.balance ?? 'none';
}
