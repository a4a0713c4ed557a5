import type { NewEntry } from '../../domain/ledger/entry.js';
import type { NamedAccount } from '../../domain/ledger/named-account.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import type { Transaction } from '../system/database.js';

/** Locks the accounts that the entries name, in the order of their ids; those of other clients are left out. */
export async function lockNamedAccounts(
  tx: Transaction,
  entries: readonly NewEntry[],
): Promise<Map<string, NamedAccount>> {
  const naming = entries.filter(({ accountId }) => accountId !== undefined && accountId !== null);
  if (naming.length === 0) return new Map();
  const rows = await tx<NamedAccount[]>`
    select a.id, a.client_id as "clientId", a.status from accounts a
    where a.id = any(${naming.map(({ accountId }) => accountId ?? '')}::bigint[])
      and a.client_id = any(${naming.map(({ clientId }) => clientId)}::bigint[])
    order by a.id
    for no key update`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Adds the entries to the balances of the accounts that they name. What a subordinate account has is the client's. */
export async function moveAccounts(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
  const sums = new Map<string, Micros>();
  for (const { accountId, amount } of entries) {
    if (accountId !== undefined && accountId !== null) sums.set(accountId, (sums.get(accountId) ?? 0n) + amount);
  }
  if (sums.size === 0) return;
  const moves = [...sums].map(([id, amount]) => ({ id, amount: formatMoney(amount) }));
  await tx`
    update accounts a set balance = a.balance + m.amount
    from jsonb_to_recordset(${tx.json(moves)}) as m(id bigint, amount numeric)
    where a.id = m.id and a.kind <> 'subordinate'`;
}

/** The account that an entry named, to which money is given back or from which it is taken; null: the common part. */
export async function openAccountOfEntry(tx: Transaction, entryId: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select a.id from ledger_entries e join accounts a on a.id = e.account_id
    where e.id = ${entryId} and a.status <> 'closed'`;
  return row?.id ?? null;
}
