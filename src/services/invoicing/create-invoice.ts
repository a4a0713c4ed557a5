import { DomainError } from '../../domain/errors.js';
import { localDate, startOfDay } from '../../domain/invoicing/local-days.js';
import { findInvoiceOfRequest, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import type { InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { lockClient } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { issueDraft } from './issue-drafts.js';
import { nextPeriodStart } from './draft-contents.js';
import { openDraft, periodEndNow, requirePeriodEnd, type TypedLine } from './open-draft.js';

export interface NewInvoice {
  /** null: now */
  readonly periodEnd: Date | null;
  readonly description: string | null;
  readonly review: boolean;
  readonly lines: readonly TypedLine[];
  /** issue it at once */
  readonly issue: boolean;
  /** null: now; else its midnight in the client's zone */
  readonly issuedOn: string | null;
  /** names the request: a repeated one creates no other */
  readonly requestId: string;
}

interface CreatedInvoice {
  readonly row: InvoiceRow;
  /** the same request had created it before */
  readonly replayed: boolean;
}

/**
 * Creates the next invoice of a client up to an end that the requester chooses, as a draft or issued.
 *
 * @throws DomainError `not_found`, `client_deleted`, `invalid` (end, date), `invoice_empty` when there is nothing to issue
 */
export function createInvoice(requester: Requester, clientId: string, asked: NewInvoice): Promise<CreatedInvoice> {
  const { now } = requester;
  return change<CreatedInvoice>(requester, async (tx) => {
    const account = await lockClient(tx, requester, clientId);
    const known = await findInvoiceOfRequest(tx, clientId, asked.requestId);
    if (known) return unchanged({ row: known, replayed: true });
    const periodEnd = asked.periodEnd ? requirePeriodEnd(account, asked.periodEnd, now) : periodEndNow(account, now);
    if (periodEnd.getTime() <= nextPeriodStart(account)) throw nothingToInvoice();
    const issuedAt = issueInstant(account, asked.issuedOn, periodEnd, now);
    const draft = await openDraft(tx, requester, account, { ...asked, periodEnd, origin: 'manual' });
    if (!asked.issue)
      return recorded({ row: draft, replayed: false }, invoiceEntry('invoice.create', null, null, draft));
    const issued = await issueDraft(tx, requester, account, draft, { issuedAt, expectedTotal: null });
    if (!issued) throw nothingToInvoice();
    return recorded({ row: issued, replayed: false }, invoiceEntry('invoice.issue', null, null, issued));
  });
}

export function nothingToInvoice(): DomainError {
  return new DomainError(
    'invoice_empty',
    'there are no charges and no adjustments up to the end of the period: add a line, or set a later end',
    '/periodEnd',
  );
}

/**
 * When an invoice by hand is issued: now, or at the beginning of a day.
 *
 * @throws DomainError `invalid` for a day in the future, or before the last day of its period
 */
export function issueInstant(account: InvoicingAccount, day: string | null, periodEnd: Date, now: number): number {
  if (day === null) return now;
  if (day > localDate(now, account.timezone))
    throw new DomainError('invalid', 'must not be in the future', '/issuedOn');
  const last = localDate(periodEnd.getTime() - 1000, account.timezone);
  if (day < last) {
    throw new DomainError('invalid', `must not be before ${last}, the last day of the period`, '/issuedOn');
  }
  return startOfDay(day, account.timezone);
}
