import {
  allocate,
  refundableOf,
  lessTaken,
  releaseOf,
  takeFrom,
  type NewAllocation,
  type OpenCredit,
  type OpenInvoice,
  type StandingAllocation,
} from '../../domain/invoicing/allocation.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';

/**
 * What settles what. All of it happens under the lock of the client's balance row, which every entry of its ledger takes,
 * too.
 */

/** Issued invoices of the client that are not settled, the oldest first. */
async function openInvoices(q: Queries, clientId: string): Promise<OpenInvoice[]> {
  const rows = await q<{ id: string; outstanding: string }[]>`
    select id, outstanding from invoices where client_id = ${clientId} and outstanding > 0
    order by issued_at, no_seq, id`;
  return rows.map(({ id, outstanding }) => ({ id, outstanding: moneyOf(outstanding) }));
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
  const rows = await q<{ id: string; left: string }[]>`
    select id, "left" from (
      select id, amount - used as "left", id is distinct from ${firstId}::bigint as later,
        sum(amount - used) over (order by id is distinct from ${firstId}::bigint, id) - (amount - used) as before
      from credits where client_id = ${clientId} and used < amount) c
    where before < ${formatMoney(needed)} order by later, id`;
  return rows.map(({ id, left }) => ({ id, left: moneyOf(left) }));
}

/** A credit that settles an invoice before the others. */
interface Wish {
  readonly creditId: string;
  readonly invoiceId: string;
}

/** Settles what is due with what is not used; nothing where one of them is missing. */
export async function settle(tx: Transaction, clientId: string, at: Date, wish: Wish | null = null): Promise<void> {
  await coverOverdrawn(tx, clientId);
  const invoices = await openInvoices(tx, clientId);
  const due = invoices.reduce((all, { outstanding }) => all + outstanding, 0n);
  if (due === 0n) return;
  const credits = await openCredits(tx, clientId, due, wish?.creditId);
  await insertAllocations(tx, clientId, at, allocate(credits, invoices, wish ? [wish] : []));
}

/**
 * A credit that was refunded and then reversed is overdrawn: its refunds are paid out of other credits, as far as there are
 * any.
 */
async function coverOverdrawn(tx: Transaction, clientId: string): Promise<void> {
  const overdrawn = await tx<{ id: string; missing: string }[]>`
    select id, used - amount as missing from credits where client_id = ${clientId} and used > amount order by id`;
  for (const { id, missing } of overdrawn) {
    const credits = await openCredits(tx, clientId, moneyOf(missing));
    const free = credits.reduce((all, { left }) => all + left, 0n);
    if (free === 0n) return;
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
  clientId: string,
  at: Date,
  made: readonly NewAllocation[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ creditId, invoiceId, amount }) => ({
    client_id: clientId,
    credit_id: creditId,
    invoice_id: invoiceId,
    amount: formatMoney(amount),
    at,
  }));
  await tx`insert into allocations ${tx(rows)}`;
}

/** A payment that was just recorded. */
interface RecordedPayment {
  readonly entryId: string;
  readonly clientId: string;
  /** the invoice that it names */
  readonly invoiceId: string | null;
  readonly at: Date;
}

/** Settles what is due with payments, one after the other: each may name an invoice that comes before the oldest. */
export async function settleWithPayments(tx: Transaction, payments: readonly RecordedPayment[]): Promise<void> {
  if (payments.length === 0) return;
  const ids = payments.map(({ clientId }) => clientId);
  const owing = await tx<{ clientId: string }[]>`
    select client_id as "clientId" from invoices where client_id = any(${ids}::bigint[]) and outstanding > 0
    union
    select client_id from credits where client_id = any(${ids}::bigint[]) and used > amount`;
  const debtors = new Set(owing.map(({ clientId }) => clientId));
  for (const { entryId, clientId, invoiceId, at } of payments) {
    if (!debtors.has(clientId)) continue;
    const credit = invoiceId === null ? null : await findPaymentCredit(tx, entryId);
    await settle(tx, clientId, at, credit && invoiceId !== null ? { creditId: credit.id, invoiceId } : null);
  }
}

/** Which of the invoices are issued to the clients, as `client invoice`. */
export async function payableInvoices(
  q: Queries,
  named: readonly { readonly clientId: string; readonly invoiceId: string }[],
): Promise<ReadonlySet<string>> {
  if (named.length === 0) return new Set();
  const rows = await q<{ clientId: string; id: string }[]>`
    select client_id as "clientId", id from invoices
    where id = any(${named.map(({ invoiceId }) => invoiceId)}::bigint[]) and type = 'outgoing' and status = 'issued'`;
  return new Set(rows.map(({ clientId, id }) => `${clientId} ${id}`));
}

export interface CreditRow {
  readonly id: string;
  /** less what was reversed */
  readonly amount: Micros;
  /** allocated and refunded */
  readonly used: Micros;
  readonly refunded: Micros;
}

export async function findPaymentCredit(q: Queries, entryId: string): Promise<CreditRow | null> {
  return findCredit(q, { entryId, invoiceId: null });
}

/** Of an invoice whose total is below zero, or of a credit note. */
export async function findInvoiceCredit(q: Queries, invoiceId: string): Promise<CreditRow | null> {
  return findCredit(q, { entryId: null, invoiceId });
}

async function findCredit(
  q: Queries,
  { entryId, invoiceId }: { readonly entryId: string | null; readonly invoiceId: string | null },
): Promise<CreditRow | null> {
  const [row] = await q<{ id: string; amount: string; used: string; refunded: string }[]>`
    select c.id, c.amount, c.used,
      coalesce((select sum(a.amount) from allocations a where a.credit_id = c.id and a.refund_id is not null), 0) as refunded
    from credits c where ${entryId === null ? q`c.invoice_id = ${invoiceId}` : q`c.entry_id = ${entryId}`}`;
  return (
    (row && { id: row.id, amount: moneyOf(row.amount), used: moneyOf(row.used), refunded: moneyOf(row.refunded) }) ??
    null
  );
}

/** Adds the credit of a credit note, or of an invoice whose total is below zero; returns its id. */
export async function insertInvoiceCredit(
  tx: Transaction,
  clientId: string,
  invoiceId: string,
  amount: Micros,
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into credits (client_id, invoice_id, amount) values (${clientId}, ${invoiceId}, ${formatMoney(amount)})
    returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Lowers what a credit is worth: a payment was reversed, or an invoice voided. What is used of it must be less. */
export async function lowerCredit(tx: Transaction, creditId: string, by: Micros): Promise<void> {
  await tx`update credits set amount = amount - ${formatMoney(by)}::numeric where id = ${creditId}`;
}

/** What a credit has settled: the newest invoice first, which is the last that it reached. */
export async function allocationsOfCredit(q: Queries, creditId: string): Promise<StandingAllocation[]> {
  const rows = await q<{ id: string; amount: string }[]>`
    select a.id, a.amount from allocations a join invoices i on i.id = a.invoice_id
    where a.credit_id = ${creditId} order by i.issued_at desc, i.no_seq desc, i.id desc, a.id desc`;
  return rows.map(({ id, amount }) => ({ id, amount: moneyOf(amount) }));
}

/** Ends an allocation; what is kept of it is made again, as of the same time. */
export async function releaseAllocation(tx: Transaction, id: string, kept: Micros): Promise<void> {
  const [row] = await tx<{ clientId: string; creditId: string; invoiceId: string; at: Date }[]>`
    delete from allocations where id = ${id}
    returning client_id as "clientId", credit_id as "creditId", invoice_id as "invoiceId", at`;
  if (!row || kept === 0n) return;
  await insertAllocations(tx, row.clientId, row.at, [
    { creditId: row.creditId, invoiceId: row.invoiceId, amount: kept },
  ]);
}

/** Ends everything that settles an invoice. */
export async function releaseInvoice(tx: Transaction, invoiceId: string): Promise<void> {
  await tx`delete from allocations where invoice_id = ${invoiceId}`;
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

/** Says which payment an entry of kind `reversal` is about. */
export async function insertReversal(
  tx: Transaction,
  reversal: {
    readonly entryId: string;
    readonly clientId: string;
    readonly paymentId: string;
    readonly reason: string;
  },
): Promise<void> {
  await tx`
    insert into reversals (entry_id, client_id, payment_id, reason)
    values (${reversal.entryId}, ${reversal.clientId}, ${reversal.paymentId}, ${reversal.reason})`;
}

/** What an entry of kind `reversal` is about: the payment, as its entry's id. */
export async function findReversal(
  q: Queries,
  entryId: string,
): Promise<{ readonly paymentId: string; readonly reason: string } | null> {
  const [row] = await q<{ paymentId: string; reason: string }[]>`
    select payment_id as "paymentId", reason from reversals where entry_id = ${entryId}`;
  return row ?? null;
}

/** What may be paid out: what nothing has used and what did not leave by transfers to other clients. */
export async function readRefundable(q: Queries, clientId: string): Promise<Micros> {
  const [row] = await q<{ unallocated: string; left: string }[]>`
    select b.unallocated, coalesce((
      select -sum(e.amount) from ledger_entries e
      where e.client_id = b.client_id and e.kind in ('transfer_out', 'transfer_in') and not e.internal), 0) as left
    from balances b where b.client_id = ${clientId}`;
  return row ? refundableOf(moneyOf(row.unallocated), moneyOf(row.left)) : 0n;
}
