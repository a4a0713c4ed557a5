import {
  allocate,
  lessTaken,
  releaseOf,
  takeFrom,
  type NewAllocation,
  type OpenCredit,
  type OpenInvoice,
  type StandingAllocation,
} from '../../domain/invoicing/allocation.js';
import { groupBy } from '../../domain/group-by.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';

/**
 * Settles invoices with payments and other credits. All of it happens under the locks of the clients' balance rows, which
 * every entry of their ledgers takes, too.
 */

/** Issued invoices of the clients that are not settled, the oldest first, by the ids of clients that have some. */
async function openInvoices(q: Queries, clientIds: readonly string[]): Promise<Map<string, OpenInvoice[]>> {
  const rows = await q<{ clientId: string; id: string; outstanding: string }[]>`
    select client_id as "clientId", id, outstanding from invoices
    where client_id = any(${[...clientIds]}::bigint[]) and outstanding > 0
    order by client_id, issued_at, no_seq, id`;
  const invoices = rows.map(({ outstanding, ...row }) => ({ ...row, outstanding: moneyOf(outstanding) }));
  return groupBy(invoices, ({ clientId }) => clientId);
}

/**
 * Money of the client that nothing has used, the oldest first: as much of it as is needed.
 *
 * @param firstId a credit that comes before the others
 */
export async function openCredits(
  q: Queries,
  clientId: string,
  needed: Micros,
  firstId: string | null = null,
): Promise<OpenCredit[]> {
  return (await openCreditsOf(q, new Map([[clientId, needed]]), firstId)).get(clientId) ?? [];
}

/** The same for several clients, by the ids of those that have some. */
async function openCreditsOf(
  q: Queries,
  neededOf: ReadonlyMap<string, Micros>,
  firstId: string | null,
): Promise<Map<string, OpenCredit[]>> {
  if (neededOf.size === 0) return new Map();
  const needs = [...neededOf].map(([clientId, needed]) => ({ client_id: clientId, needed: formatMoney(needed) }));
  const rows = await q<{ clientId: string; id: string; left: string }[]>`
    select n.client_id as "clientId", c.id, c."left"
    from jsonb_to_recordset(${q.json(needs)}) as n (client_id bigint, needed numeric)
    cross join lateral (
      select id, amount - used as "left", id is distinct from ${firstId}::bigint as later,
        sum(amount - used) over (order by id is distinct from ${firstId}::bigint, id) - (amount - used) as before
      from credits where client_id = n.client_id and used < amount) c
    where c.before < n.needed order by n.client_id, c.later, c.id`;
  const credits = rows.map(({ left, ...row }) => ({ ...row, left: moneyOf(left) }));
  return groupBy(credits, ({ clientId }) => clientId);
}

/** A credit that settles an invoice before the others. */
interface Wish {
  readonly creditId: string;
  readonly invoiceId: string;
}

/** Settles what is due with what is not used; nothing where one of them is missing. */
export function settle(tx: Transaction, clientId: string, at: Date, wish: Wish | null = null): Promise<void> {
  return settleClients(tx, [clientId], at, wish);
}

/** The same for several clients. */
export async function settleClients(
  tx: Transaction,
  clientIds: readonly string[],
  at: Date,
  wish: Wish | null = null,
): Promise<void> {
  await coverOverdrawn(tx, clientIds);
  const invoicesOf = await openInvoices(tx, clientIds);
  const dueOf = new Map(
    [...invoicesOf].map(([id, invoices]) => [id, invoices.reduce((all, { outstanding }) => all + outstanding, 0n)]),
  );
  const creditsOf = await openCreditsOf(tx, dueOf, wish?.creditId ?? null);
  const made = [...creditsOf].flatMap(([clientId, credits]) =>
    allocate(credits, invoicesOf.get(clientId) ?? [], wish ? [wish] : []).map((one) => ({ clientId, at, ...one })),
  );
  await insertAllocations(tx, made);
}

/**
 * A credit that was refunded and then reversed is overdrawn: its refunds are paid out of other credits, as far as there are
 * any.
 */
async function coverOverdrawn(tx: Transaction, clientIds: readonly string[]): Promise<void> {
  const overdrawn = await tx<{ clientId: string; id: string; missing: string }[]>`
    select client_id as "clientId", id, used - amount as missing from credits
    where client_id = any(${[...clientIds]}::bigint[]) and used > amount order by client_id, id`;
  for (const { clientId, id, missing } of overdrawn) {
    const credits = await openCredits(tx, clientId, moneyOf(missing));
    const free = credits.reduce((all, { left }) => all + left, 0n);
    if (free === 0n) continue;
    const amount = free < moneyOf(missing) ? free : moneyOf(missing);
    let left = credits;
    for (const { id: allocation, kept, released } of releaseOf(await refundsOfCredit(tx, id), amount) ?? []) {
      const refund = await releaseRefund(tx, allocation, kept);
      const taken = takeFrom(left, released) ?? [];
      await insertRefundAllocations(tx, clientId, refund.refundId, refund.at, taken);
      left = lessTaken(left, taken);
    }
  }
}

async function refundsOfCredit(q: Queries, creditId: string): Promise<StandingAllocation[]> {
  const rows = await q<{ id: string; amount: string }[]>`
    select id, amount from allocations where credit_id = ${creditId} and refund_id is not null order by id desc`;
  return rows.map(({ id, amount }) => ({ id, amount: moneyOf(amount) }));
}

/** Ends what a credit gave to a refund; what is kept of it is made again. */
async function releaseRefund(
  tx: Transaction,
  id: string,
  kept: Micros,
): Promise<{ readonly refundId: string; readonly at: Date }> {
  const [row] = await tx<{ clientId: string; creditId: string; refundId: string; at: Date }[]>`
    delete from allocations where id = ${id}
    returning client_id as "clientId", credit_id as "creditId", refund_id as "refundId", at`;
  if (!row) throw new TypeError('an allocation that was just read is there');
  if (kept > 0n) {
    await insertRefundAllocations(tx, row.clientId, row.refundId, row.at, [{ creditId: row.creditId, amount: kept }]);
  }
  return row;
}

async function insertAllocations(
  tx: Transaction,
  made: readonly (NewAllocation & { readonly clientId: string; readonly at: Date })[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ clientId, creditId, invoiceId, amount, at }) => ({
    client_id: clientId,
    credit_id: creditId,
    invoice_id: invoiceId,
    amount: formatMoney(amount),
    at,
  }));
  await tx`insert into allocations ${tx(rows)}`;
}

/** Ends an allocation; what is kept of it is made again, as of the same time. */
export async function releaseAllocation(tx: Transaction, id: string, kept: Micros): Promise<void> {
  const [row] = await tx<{ clientId: string; creditId: string; invoiceId: string; at: Date }[]>`
    delete from allocations where id = ${id}
    returning client_id as "clientId", credit_id as "creditId", invoice_id as "invoiceId", at`;
  if (!row || kept === 0n) return;
  await insertAllocations(tx, [{ ...row, amount: kept }]);
}

/** Says which credits a refund is paid out of. */
export async function insertRefundAllocations(
  tx: Transaction,
  clientId: string,
  refundId: string,
  at: Date,
  taken: readonly { readonly creditId: string; readonly amount: Micros }[],
): Promise<void> {
  const rows = taken.map(({ creditId, amount }) => ({
    client_id: clientId,
    credit_id: creditId,
    refund_id: refundId,
    amount: formatMoney(amount),
    at,
  }));
  await tx`insert into allocations ${tx(rows)}`;
}
