import { refundableOf, type StandingAllocation } from '../../domain/invoicing/allocation.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import { settle } from './settle.js';

/**
 * What settles what. All of it happens under the lock of the client's balance row, which every entry of its ledger takes,
 * too.
 */

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

/** Adds the credits of invoices whose totals are below zero. */
export async function insertInvoiceCredits(
  tx: Transaction,
  credits: readonly { readonly clientId: string; readonly invoiceId: string; readonly amount: Micros }[],
): Promise<void> {
  if (credits.length === 0) return;
  const rows = credits.map(({ clientId, invoiceId, amount }) => ({
    ...{ client_id: clientId, invoice_id: invoiceId, amount: formatMoney(amount) },
  }));
  await tx`insert into credits ${tx(rows)}`;
}

/** Adds the credit of a credit note; returns its id. */
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

/** Ends everything that settles an invoice. */
export async function releaseInvoice(tx: Transaction, invoiceId: string): Promise<void> {
  await tx`delete from allocations where invoice_id = ${invoiceId}`;
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
