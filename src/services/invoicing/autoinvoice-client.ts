import { duePeriods, maxMissedPeriods } from '../../domain/invoicing/autoinvoicing.js';
import { deleteDraftRow, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import {
  raiseTooManyMissed,
  readAutoinvoicing,
  resolveTooManyMissed,
  type Autoinvoicing,
} from '../../storage/invoicing/autoinvoicing.js';
import {
  lockInvoicingAccount,
  moveInvoicedMark,
  readInvoicingAccount,
  readLedgerSeq,
} from '../../storage/invoicing/invoicing-account.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, unchanged, unrecorded, type Requester } from '../change.js';
import { nextPeriodStart } from './draft-contents.js';
import { invoiceEntry } from './invoice-entry.js';
import { issueDraft } from './issue-draft.js';
import { openDraft } from './open-draft.js';

/** What a run did for a client. */
export type AutoinvoiceOutcome =
  /** no period is due: it was invoiced already, or is not invoiced without being asked for any more */
  | { readonly kind: 'not_due' }
  /** nothing was issued, and staff gets an event */
  | { readonly kind: 'too_many_missed' }
  | { readonly kind: 'invoiced'; readonly periods: number; readonly invoices: readonly InvoiceRow[] };

/**
 * Invoices the periods of a client that have ended, in one transaction: each period gets its own invoice, the oldest first,
 * all of them issued now. A period without lines gets none, and the next one starts where it ends. A repeat finds nothing
 * that is due.
 */
export function autoinvoiceClient(requester: Requester, clientId: string): Promise<AutoinvoiceOutcome> {
  const { scope, now } = requester;
  return change<AutoinvoiceOutcome>(requester, async (tx) => {
    const account = await lockInvoicingAccount(tx, scope.resellerId, clientId);
    const terms = account && (await readAutoinvoicing(tx, clientId));
    if (!terms) return unchanged({ kind: 'not_due' });
    const start = account.periodsFrom ?? nextPeriodStart(account);
    const ends = duePeriods(terms, start, now);
    if (ends.length === 0) return unchanged({ kind: 'not_due' });
    if (ends.length > maxMissedPeriods) {
      await raiseTooManyMissed(tx, clientId, { since: new Date(start), now });
      // The event is its own record.
      return unrecorded({ kind: 'too_many_missed' });
    }
    const invoices: InvoiceRow[] = [];
    for (const end of ends) {
      const invoice = await invoicePeriod(tx, requester, clientId, { end: new Date(end), terms });
      if (invoice) invoices.push(invoice);
    }
    await resolveTooManyMissed(tx, clientId, now);
    return recordedAll(
      { kind: 'invoiced', periods: ends.length, invoices },
      invoices.map((invoice) => invoiceEntry('invoice.issue', null, null, invoice)),
    );
  });
}

/** Null: it has no lines, and the mark was moved to its end. */
async function invoicePeriod(
  tx: Transaction,
  requester: Requester,
  clientId: string,
  { end, terms }: { readonly end: Date; readonly terms: Autoinvoicing },
): Promise<InvoiceRow | null> {
  // Read for each period: the one before has moved the mark.
  const account = await readInvoicingAccount(tx, requester.scope.resellerId, clientId);
  if (!account) throw new Error('a client that is locked is not there');
  const draft = await openDraft(tx, requester, account, {
    ...{ periodEnd: end, description: null, review: false, lines: [], origin: 'auto', requestId: null },
  });
  const order = { issuedAt: requester.now, expectedTotal: null, allowEmpty: terms.issueEmpty };
  const issued = await issueDraft(tx, requester, account, draft, order);
  if (issued) return issued;
  await deleteDraftRow(tx, draft.id);
  await moveInvoicedMark(tx, clientId, { until: end.getTime(), seq: await readLedgerSeq(tx, clientId) });
  return null;
}
