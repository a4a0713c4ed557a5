import type { InvoicedMark } from '../../domain/invoicing/contents.js';
import type { PaymentTerms } from '../../domain/invoicing/periods.js';
import type { Tax } from '../../domain/invoicing/totals.js';
import { moneyOf } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import { visibleClient } from '../system/tenancy.js';

/** A client as its invoices see it. */
export interface InvoicingAccount {
  readonly clientId: string;
  readonly resellerId: string;
  readonly currency: string;
  readonly timezone: string;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly createdAt: Date;
  /** of its last ledger entry */
  readonly seq: bigint;
  /** up to where it is invoiced */
  readonly mark: InvoicedMark;
  /** ms: where its next period is counted from; null: its creation */
  readonly periodsFrom: number | null;
}

interface AccountColumns {
  readonly clientId: string;
  readonly resellerId: string;
  readonly currency: string;
  readonly timezone: string;
  readonly status: InvoicingAccount['status'];
  readonly createdAt: Date;
  readonly seq: string;
  readonly until: Date | null;
  readonly markSeq: string;
  readonly periodsFrom: Date | null;
}

/** Null when the client does not exist within the reseller's subtree. */
export async function readInvoicingAccount(
  q: Queries,
  resellerId: string,
  clientId: string,
): Promise<InvoicingAccount | null> {
  const [account] = (await readInvoicingAccounts(q, resellerId, [clientId])).values();
  return account ?? null;
}

/** Those of the clients that exist within the reseller's subtree, by their ids. */
export async function readInvoicingAccounts(
  q: Queries,
  resellerId: string,
  clientIds: readonly string[],
): Promise<Map<string, InvoicingAccount>> {
  const rows = await q<AccountColumns[]>`
    select c.id as "clientId", c.reseller_id as "resellerId", c.currency, c.timezone, c.status, c.created_at as "createdAt",
      b.seq, b.invoiced_until as until, b.invoiced_seq as "markSeq", b.periods_from as "periodsFrom"
    from clients c join balances b on b.client_id = c.id
    where c.id = any(${[...clientIds]}::bigint[]) and ${visibleClient(q, resellerId)}`;
  return new Map(rows.map((row) => [row.clientId, accountOf(row)]));
}

function accountOf({ seq, until, markSeq, periodsFrom, ...account }: AccountColumns): InvoicingAccount {
  return {
    ...account,
    seq: BigInt(seq),
    mark: { until: until?.getTime() ?? null, seq: BigInt(markSeq) },
    periodsFrom: periodsFrom?.getTime() ?? null,
  };
}

/**
 * The same, its balance row locked, as the ledger locks it: until the transaction ends no entry is recorded, and nothing
 * is issued, voided, or allocated for the client.
 */
export async function lockInvoicingAccount(
  tx: Transaction,
  resellerId: string,
  clientId: string,
): Promise<InvoicingAccount | null> {
  const [account] = (await lockInvoicingAccounts(tx, resellerId, [clientId])).values();
  return account ?? null;
}

/** The same for several clients, in the order of their ids, as the ledger locks them. */
export async function lockInvoicingAccounts(
  tx: Transaction,
  resellerId: string,
  clientIds: readonly string[],
): Promise<Map<string, InvoicingAccount>> {
  await tx`
    select 1 from balances b join clients c on c.id = b.client_id
    where b.client_id = any(${[...clientIds]}::bigint[]) and ${visibleClient(tx, resellerId)}
    order by b.client_id for no key update of b`;
  // A separate statement: only after the locks does it see what other writers have committed.
  return readInvoicingAccounts(tx, resellerId, clientIds);
}

/** Where the mark of a client moves to. */
interface MovedMark {
  readonly clientId: string;
  readonly mark: InvoicedMark;
}

/** Says up to where clients are invoiced. Their next periods are counted from there, unless ones that end later were. */
export async function moveInvoicedMarks(tx: Transaction, moved: readonly MovedMark[]): Promise<void> {
  if (moved.length === 0) return;
  const rows = moved.map(({ clientId, mark }) => ({
    client_id: clientId,
    until: untilOf(mark)?.toISOString() ?? null,
    seq: mark.seq.toString(),
  }));
  await tx`
    update balances b set invoiced_until = m.until, invoiced_seq = m.seq, periods_from = greatest(b.periods_from, m.until)
    from jsonb_to_recordset(${tx.json(rows)}) as m (client_id bigint, until timestamptz, seq bigint)
    where b.client_id = m.client_id`;
}

/** The same, by hand: its next period is counted from there in any case. */
export async function setInvoicedMark(tx: Transaction, clientId: string, mark: InvoicedMark): Promise<void> {
  const until = untilOf(mark);
  await tx`
    update balances set invoiced_until = ${until}, invoiced_seq = ${mark.seq.toString()}, periods_from = ${until}
    where client_id = ${clientId}`;
}

/** An invoice is void: what it held is not invoiced. Its period is over, and the next one has it. */
export async function returnInvoicedMark(tx: Transaction, clientId: string, mark: InvoicedMark): Promise<void> {
  await tx`
    update balances set invoiced_until = ${untilOf(mark)}, invoiced_seq = ${mark.seq.toString()}
    where client_id = ${clientId}`;
}

function untilOf({ until }: InvoicedMark): Date | null {
  return until === null ? null : new Date(until);
}

/** The seq of the last entry of each client, their balance rows locked. */
export async function readLedgerSeqs(tx: Transaction, clientIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx<{ clientId: string; seq: string }[]>`
    select client_id as "clientId", seq from balances where client_id = any(${[...clientIds]}::bigint[])`;
  return new Map(rows.map(({ clientId, seq }) => [clientId, BigInt(seq)]));
}

/** What a client is invoiced by. */
export interface InvoicingTerms {
  /** null: it has no payment terms, and its invoices are due on receipt */
  readonly terms: PaymentTerms | null;
  /** null: no tax */
  readonly tax: (Tax & { readonly label: string; readonly note: string | null; readonly sureTax: boolean }) | null;
}

interface TermsColumns {
  readonly clientId: string;
  readonly mode: PaymentTerms['mode'] | null;
  readonly days: number | null;
  readonly day: number | null;
  readonly graceDays: number | null;
  readonly taxRate: string | null;
  readonly taxMode: Tax['mode'] | null;
  readonly label: string | null;
  readonly note: string | null;
  readonly sureTax: boolean | null;
}

/** The payment terms and the tax that the client has now. */
export async function readInvoicingTerms(q: Queries, clientId: string): Promise<InvoicingTerms> {
  return (await readTermsOfClients(q, [clientId])).get(clientId) ?? { terms: null, tax: null };
}

/** The same of several clients, by their ids. */
export async function readTermsOfClients(
  q: Queries,
  clientIds: readonly string[],
): Promise<Map<string, InvoicingTerms>> {
  const rows = await q<TermsColumns[]>`
    select c.id as "clientId", t.mode, t.days, t.day, t.grace_days as "graceDays",
      x.rate_percent::text as "taxRate", x.mode as "taxMode", x.label, x.note, x.sure_tax as "sureTax"
    from clients c
    left join payment_terms t on t.id = c.payment_terms_id
    left join tax_profiles x on x.id = c.tax_profile_id
    where c.id = any(${[...clientIds]}::bigint[])`;
  return new Map(rows.map((row) => [row.clientId, { terms: termsOf(row), tax: taxOf(row) }]));
}

function termsOf({ mode, days, day, graceDays }: TermsColumns): PaymentTerms | null {
  if (mode === null || graceDays === null) return null;
  // The table has the number of the mode.
  return mode === 'every' ? { mode, days: days ?? 0, graceDays } : { mode, day: day ?? 0, graceDays };
}

function taxOf({ taxRate, taxMode, label, note, sureTax }: TermsColumns): InvoicingTerms['tax'] {
  if (taxRate === null || taxMode === null || label === null) return null;
  return { rate: moneyOf(taxRate), mode: taxMode, label, note, sureTax: sureTax ?? false };
}
