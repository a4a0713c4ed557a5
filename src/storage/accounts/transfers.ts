import type { Fragment } from 'postgres';
import type { TransferAccount } from '../../domain/accounts/transfers.js';
import type { AccountKind, AccountStatus } from '../../domain/accounts/accounts.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import { actorName } from '../access/actor-name.js';
import { withWildcards } from '../clients/text-match.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClient, visibleClients } from '../system/tenancy.js';
import { isExpired } from './accounts.js';
import { transfersAllowed } from './transfer-permissions.js';

interface AccountFacts {
  readonly id: string;
  readonly externalId: string;
  readonly clientId: string;
  readonly resellerId: string;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly isExpired: boolean;
  readonly currency: string;
  readonly balance: string;
  readonly creditLimit: string;
  readonly dailyLimit: string | null;
  readonly sentToday: string;
  readonly isClientDeleted: boolean;
}

/**
 * Locks the accounts of a transfer that the caller can see, and reads them: the balances of their clients first, then
 * the accounts, each by ascending id, as every writer of the ledger does.
 */
export async function lockTransferAccounts(
  tx: Transaction,
  withinId: string,
  ids: readonly string[],
  atMs: number,
): Promise<Map<string, TransferAccount>> {
  await tx`
    select 1 from balances b
    where b.client_id in (
      select a.client_id from accounts a join clients c on c.id = a.client_id
      where a.id = any(${[...ids]}::bigint[]) and ${visibleClient(tx, withinId)})
    order by b.client_id
    for no key update`;
  await tx`
    select 1 from accounts a join clients c on c.id = a.client_id
    where a.id = any(${[...ids]}::bigint[]) and ${visibleClient(tx, withinId)}
    order by a.id
    for no key update of a`;
  // A separate statement: only after the locks does it see what other writers have committed.
  const at = new Date(atMs);
  const rows = await tx<AccountFacts[]>`
    select a.id, a.external_id as "externalId", a.client_id as "clientId", c.reseller_id as "resellerId", a.kind, a.status,
      ${isExpired(tx, at)} as "isExpired", c.currency, a.balance, a.credit_limit as "creditLimit",
      a.daily_transfer_limit as "dailyLimit", ${sentToday(tx, at)} as "sentToday", c.status = 'deleted' as "isClientDeleted"
    from accounts a join clients c on c.id = a.client_id
    where a.id = any(${[...ids]}::bigint[]) and ${visibleClient(tx, withinId)}`;
  const accounts = new Map<string, TransferAccount>();
  for (const row of rows) {
    accounts.set(row.id, {
      ...row,
      balance: moneyOf(row.balance),
      creditLimit: moneyOf(row.creditLimit),
      dailyLimit: row.dailyLimit === null ? null : moneyOf(row.dailyLimit),
      sentToday: moneyOf(row.sentToday),
      isAllowed: await transfersAllowed(tx, row.clientId),
    });
  }
  return accounts;
}

/** What `accounts a` of `clients c` transferred on this day of the client's time zone; what was undone does not count. */
function sentToday(q: Queries, at: Date): Fragment {
  return q`(
    select coalesce(sum(t.amount), 0) from transfers t
    where t.from_account_id = a.id and t.undoes is null
      and t.at >= date_trunc('day', ${at}::timestamptz at time zone c.timezone) at time zone c.timezone
      and not exists (select 1 from transfers back where back.undoes = t.id))`;
}

export interface NewTransferRow {
  readonly from: { readonly id: string; readonly clientId: string; readonly after: Micros };
  readonly to: { readonly id: string; readonly clientId: string; readonly after: Micros };
  readonly amount: Micros;
  readonly currency: string;
  readonly requestId: string;
  readonly undoes: string | null;
  readonly source: string;
  readonly note: string | null;
}

export async function insertTransfer(
  tx: Transaction,
  { from, to, ...transfer }: NewTransferRow,
  now?: number,
): Promise<{ readonly id: string; readonly at: Date }> {
  const [row] = await tx<{ id: string; at: Date }[]>`
    insert into transfers (from_client_id, from_account_id, to_client_id, to_account_id, amount, currency, from_after,
      to_after, request_id, undoes, source, note, at)
    values (${from.clientId}, ${from.id}, ${to.clientId}, ${to.id}, ${formatMoney(transfer.amount)}, ${transfer.currency},
      ${formatMoney(from.after)}, ${formatMoney(to.after)}, ${transfer.requestId}, ${transfer.undoes}, ${transfer.source},
      ${transfer.note}, to_second(coalesce(${now === undefined ? null : new Date(now)}::timestamptz, statement_timestamp())))
    returning id, at`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row;
}

export interface TransferRow {
  readonly id: string;
  readonly fromAccountId: string;
  readonly fromExternalId: string;
  readonly fromClientId: string;
  readonly fromClientName: string;
  readonly fromAfter: string;
  readonly toAccountId: string;
  readonly toExternalId: string;
  readonly toClientId: string;
  readonly toClientName: string;
  readonly toAfter: string;
  readonly amount: string;
  readonly currency: string;
  readonly at: Date;
  readonly note: string | null;
  readonly source: string;
  /** null: not a user or key, or not for the caller to see */
  readonly sourceName: string | null;
  /** the transfer that this one undoes */
  readonly undoes: string | null;
  /** the transfer that undoes this one */
  readonly undoneBy: string | null;
}

export interface TransferFilter {
  /** the beginning of the external id of either account, without case; `*` is any text */
  readonly q: string | null;
  /** of either account */
  readonly clientId: string | null;
  readonly accountId: string | null;
  /** of either client, with sub-resellers */
  readonly resellerId: string | null;
  readonly currency: string | null;
  /** decimal strings, both inclusive */
  readonly amountFrom: string | null;
  readonly amountTo: string | null;
  /** `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export const transferSorts = ['at', 'amount'] as const;
type TransferSort = (typeof transferSorts)[number];

export function transferList(
  q: Queries,
  withinId: string,
  filter: TransferFilter,
): ListQuery<TransferRow, TransferSort> {
  const where = conditions(q, withinId, filter);
  return {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      at: { expression: q`t.at`, type: 'timestamptz' },
      amount: { expression: q`t.amount`, type: 'numeric' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, withinId)}, ${position} as position from ${tables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

/** Null where the reseller does not see both clients. */
export async function findTransfer(q: Queries, withinId: string, id: string): Promise<TransferRow | null> {
  const [row] = await q<TransferRow[]>`
    select ${columns(q, withinId)} from ${tables(q)} where t.id = ${id} and ${seen(q, withinId)}`;
  return row ?? null;
}

/** The transfer that this request made; null: none did yet. */
export async function findTransferOfRequest(
  q: Queries,
  withinId: string,
  requestId: string,
): Promise<TransferRow | null> {
  const [row] = await q<TransferRow[]>`
    select ${columns(q, withinId)} from ${tables(q)} where t.request_id = ${requestId} and ${seen(q, withinId)}`;
  return row ?? null;
}

function seen(q: Queries, withinId: string): Fragment {
  return q`${visibleClients(q, withinId)}
    and (g.reseller_id in (${subtree(q, withinId)}) or g.manager_id in (${subtree(q, withinId)}))`;
}

function conditions(q: Queries, withinId: string, filter: TransferFilter): Fragment {
  const parts: Fragment[] = [seen(q, withinId)];
  if (filter.q !== null) {
    const pattern = `${withWildcards(filter.q)}%`;
    parts.push(q`(lower(fa.external_id) like ${pattern} or lower(ta.external_id) like ${pattern})`);
  }
  if (filter.clientId !== null) parts.push(q`${filter.clientId} in (t.from_client_id, t.to_client_id)`);
  if (filter.accountId !== null) parts.push(q`${filter.accountId} in (t.from_account_id, t.to_account_id)`);
  if (filter.resellerId !== null) {
    const within = subtree(q, filter.resellerId);
    parts.push(q`(c.reseller_id in (${within}) or g.reseller_id in (${within}))`);
  }
  if (filter.currency !== null) parts.push(q`t.currency = ${filter.currency}`);
  if (filter.amountFrom !== null) parts.push(q`t.amount >= ${filter.amountFrom}`);
  if (filter.amountTo !== null) parts.push(q`t.amount <= ${filter.amountTo}`);
  if (filter.from !== null) parts.push(q`t.at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`t.at < ${filter.to}`);
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

/** `c` is the client that gives, `g` the one that gets. */
function tables(q: Queries): Fragment {
  return q`transfers t
    join accounts fa on fa.id = t.from_account_id join clients c on c.id = t.from_client_id
    join accounts ta on ta.id = t.to_account_id join clients g on g.id = t.to_client_id
    left join transfers back on back.undoes = t.id`;
}

function columns(q: Queries, withinId: string): Fragment {
  return q`t.id, t.from_account_id as "fromAccountId", fa.external_id as "fromExternalId",
    t.from_client_id as "fromClientId", c.name as "fromClientName", t.from_after as "fromAfter",
    t.to_account_id as "toAccountId", ta.external_id as "toExternalId", t.to_client_id as "toClientId",
    g.name as "toClientName", t.to_after as "toAfter", t.amount, t.currency, t.at, t.note, t.source,
    ${actorName(q, q`t.source`, withinId)} as "sourceName", t.undoes, back.id as "undoneBy"`;
}
