import { DomainError } from '../../domain/errors.js';
import { totalsOf } from '../../domain/invoicing/totals.js';
import type { Micros } from '../../domain/money.js';
import { readInvoiceContents, type InvoiceLine } from '../../storage/invoicing/invoice-contents.js';
import { readInvoicingAccount, readInvoicingTerms } from '../../storage/invoicing/invoicing-account.js';
import type { Requester } from '../change.js';
import { nextPeriodStart } from './draft-contents.js';
import { periodEndNow } from './open-draft.js';

/** What an invoice of a client up to now would be. */
export interface Uninvoiced {
  /** ms */
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly currency: string;
  readonly timezone: string;
  readonly lines: readonly InvoiceLine[];
  readonly net: Micros;
  readonly tax: Micros;
  readonly total: Micros;
}

/** @throws DomainError `not_found` */
export function previewUninvoiced({ scope, now }: Requester, clientId: string): Promise<Uninvoiced> {
  return scope.readSnapshot(async (q) => {
    const account = await readInvoicingAccount(q, scope.resellerId, clientId);
    if (!account) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
    const { mark, seq, currency, timezone } = account;
    const [periodStart, periodEnd] = [nextPeriodStart(account), periodEndNow(account, now).getTime()];
    const lines = await readInvoiceContents(q, clientId, mark, { until: periodEnd, seq }, periodStart);
    const { tax } = await readInvoicingTerms(q, clientId);
    const amounts = lines.map(({ amount }) => amount);
    return { periodStart, periodEnd, currency, timezone, lines, ...totalsOf(amounts, tax, currency) };
  });
}
