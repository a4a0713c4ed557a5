import { DomainError } from '../../domain/errors.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { invoiceNumber } from '../../domain/invoicing/invoice-numbers.js';
import { dueDate } from '../../domain/invoicing/periods.js';
import type { NewEntry } from '../../domain/ledger/entry.js';
import { requireSureTaxNumber } from '../../domain/invoicing/tax-profile.js';
import { formatMoney, moneyWithCurrency, type Micros } from '../../domain/money.js';
import { typedLinePrefix, type InvoiceLine } from '../../storage/invoicing/invoice-contents.js';
import { markIssued, replaceLines, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import { moveInvoicedMark, readLedgerSeq, type InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import { takeNumber } from '../../storage/invoicing/number-sequences.js';
import { insertInvoiceCredit, settle } from '../../storage/invoicing/settlement.js';
import { writeEntries } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';
import { hasFixedLines, readDraftContents } from './draft-contents.js';
import { readBack } from './invoice-access.js';
import { publishInvoice } from './publish-invoice.js';

interface IssueOrder {
  /** ms; the due date counts from it */
  readonly issuedAt: number;
  /** what its reader saw; null: any */
  readonly expectedTotal: Micros | null;
  /** also without lines */
  readonly allowEmpty?: boolean;
}

/**
 * Issues a draft: its lines are fixed, its number is taken, the ledger gets its total and its tax, and what nothing has
 * used settles it. The client is locked. Null: there is nothing to invoice, and nothing was done.
 *
 * @throws DomainError `invoice_changed` when the total is not the expected one; `invalid` for a period that is invoiced
 * already; `conflict` for a number that the tax profile does not allow
 */
export async function issueDraft(
  tx: Transaction,
  requester: Requester,
  account: InvoicingAccount,
  draft: InvoiceRow,
  { issuedAt, expectedTotal, allowEmpty = false }: IssueOrder,
): Promise<InvoiceRow | null> {
  const { clientId } = account;
  const { currency } = draft;
  const isFixed = hasFixedLines(draft);
  const contents = await readDraftContents(tx, account, draft);
  const { held, typed, net, tax, total, terms, from } = contents;
  if (held.length + typed.length === 0 && !allowEmpty) return null;
  if (!isFixed) requireUninvoiced(account, draft);
  if (expectedTotal !== null && expectedTotal !== total) {
    throw new DomainError(
      'invoice_changed',
      `the total is ${moneyWithCurrency(total, currency)} now: check the lines again, then issue it with that total`,
      '/total',
    );
  }
  const posting = { clientId, currency, source: requester.actor.id };
  await postTyped(tx, posting, draft, typed);
  const uptoSeq = isFixed ? contents.uptoSeq : await readLedgerSeq(tx, clientId);
  await replaceLines(tx, draft.id, [...held, ...typed.map((line) => ({ ...line, entries: 1 }))]);
  const date = localDate(issuedAt, account.timezone);
  const number = await takeNumber(tx, account.resellerId, 'outgoing', Number(date.slice(0, 4)));
  const no = invoiceNumber({ ...number, restart: 'never' }, date, number.seq);
  if (terms.tax?.sureTax) requireSureTaxNumber(no);
  const due = dueDate(issuedAt, terms.terms?.graceDays ?? 0, account.timezone);
  await markIssued(tx, draft.id, {
    sequenceId: number.sequenceId,
    no,
    noSeq: number.seq,
    timezone: account.timezone,
    periodStart: new Date(contents.periodStart),
    ...{ net, tax, total, from, uptoSeq },
    taxRate: terms.tax && formatMoney(terms.tax.rate),
    taxMode: terms.tax?.mode ?? null,
    taxLabel: terms.tax?.label ?? null,
    taxNote: terms.tax?.note ?? null,
    issuedAt: new Date(issuedAt),
    dueOn: due.dueOn,
    overdueFrom: new Date(due.overdueFrom),
  });
  const externalId = `invoice:${draft.id}`;
  const note = `invoice ${no}`;
  const postings: readonly NewEntry[] = [
    { ...posting, kind: 'invoice', externalId, amount: -total, note },
    // Included tax is part of the charges, which the live balance has paid already.
    { ...posting, kind: 'tax', externalId, amount: terms.tax?.mode === 'exclusive' ? -tax : 0n, note },
  ];
  await postAll(tx, postings, requester.now);
  if (!isFixed) await moveInvoicedMark(tx, clientId, { until: draft.periodEnd.getTime(), seq: uptoSeq });
  if (total < 0n) await insertInvoiceCredit(tx, clientId, draft.id, -total);
  await settle(tx, clientId, new Date(requester.now));
  await publishInvoice(tx, requester, draft.id);
  return readBack(tx, requester, draft.id);
}

function requireUninvoiced({ mark }: InvoicingAccount, { periodEnd }: InvoiceRow): void {
  if (mark.until === null || periodEnd.getTime() > mark.until) return;
  throw new DomainError(
    'invalid',
    `the client is invoiced until ${new Date(mark.until).toISOString()} now: set a later end, or delete the draft`,
    '/periodEnd',
  );
}

/**
 * Posts lines by hand as what the client owes, so that the live and the fixed balance agree. They occur just before the
 * end of the period: the invoice holds them by the same formula as all others.
 */
async function postTyped(
  tx: Transaction,
  posting: Pick<NewEntry, 'clientId' | 'currency' | 'source'>,
  { id, periodEnd }: InvoiceRow,
  lines: readonly InvoiceLine[],
): Promise<void> {
  const occurredAt = periodEnd.getTime() - 1000;
  await postAll(
    tx,
    lines.map(({ description, amount }, index) => ({
      ...posting,
      kind: amount > 0n ? 'charge' : 'adjustment',
      externalId: `${typedLinePrefix}${id}:${index + 1}`,
      amount: -amount,
      occurredAt,
      ...(description !== null && { note: description }),
    })),
  );
}

/** Posts the entries that are not of zero. */
export async function postAll(tx: Transaction, entries: readonly NewEntry[], now?: number): Promise<void> {
  const moving = entries.filter(({ amount }) => amount !== 0n);
  if (moving.length > 0) await writeEntries(tx, moving, now === undefined ? {} : { now }, 'all');
}
