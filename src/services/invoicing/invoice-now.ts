import { addDays, localDate, startOfDay } from '../../domain/invoicing/local-days.js';
import { DomainError } from '../../domain/errors.js';
import { deleteDraftRows, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import { resolveTooManyMissed } from '../../storage/invoicing/autoinvoicing.js';
import type { InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { nextPeriodStart } from './draft-contents.js';
import { lockClient } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { issueDraft } from './issue-drafts.js';
import { openDraft, periodEndNow } from './open-draft.js';

/**
 * Issues the invoice of a client up to an end by hand, if there is something to invoice.
 *
 * @param lastDay the last day of the client's zone that is invoiced; null: up to now
 * @returns null: there is nothing to invoice, and nothing was changed
 * @throws DomainError `not_found`, `client_deleted`; `invalid` when the day is not over, or `conflict` for a number that the
 * tax profile does not allow
 */
export function invoiceNow(requester: Requester, clientId: string, lastDay: string | null): Promise<InvoiceRow | null> {
  const { now } = requester;
  return change<InvoiceRow | null>(requester, async (tx) => {
    const account = await lockClient(tx, requester, clientId);
    const end = lastDay === null ? periodEndNow(account, now).getTime() : endOfDay(account, lastDay, now);
    if (end <= nextPeriodStart(account)) return unchanged(null);
    const draft = await openDraft(tx, requester, account, {
      ...{ periodEnd: new Date(end), description: null, review: false, lines: [], origin: 'manual', requestId: null },
    });
    const issued = await issueDraft(tx, requester, account, draft, { issuedAt: now, expectedTotal: null });
    if (!issued) {
      await deleteDraftRows(tx, [draft.id]);
      return unchanged(null);
    }
    await resolveTooManyMissed(tx, [clientId], now);
    return recorded(issued, invoiceEntry('invoice.issue', null, null, issued));
  });
}

function endOfDay({ timezone }: InvoicingAccount, lastDay: string, now: number): number {
  if (lastDay >= localDate(now, timezone)) {
    throw new DomainError('invalid', 'must be over in the time zone of the client', '/parameters/lastDay');
  }
  return startOfDay(addDays(lastDay, 1), timezone);
}
