import { formatMoney, moneyOf } from '../../../domain/money.js';
import { maxMissedPeriods } from '../../../domain/invoicing/autoinvoicing.js';
import type { InvoiceRow } from '../../../storage/invoicing/invoices.js';
import { autoinvoiceClient } from '../../invoicing/autoinvoice-client.js';
import { invoiceNow } from '../../invoicing/invoice-now.js';
import type { RowService } from '../row-service.js';

/** Rows that issue the invoices of a client. */

export const autoinvoicingRow: RowService<'autoinvoicing'> = {
  async inTransaction(_tx, { requester, clientId }) {
    const outcome = await autoinvoiceClient(requester, clientId);
    switch (outcome.kind) {
      case 'not_due':
        return 'unchanged';
      case 'too_many_missed':
        return {
          outcome: 'refused',
          problem: 'too_many_missed',
          detail: `more than ${maxMissedPeriods} periods are not invoiced: set the last invoice date of the client`,
        };
      case 'invoiced':
        return { outcome: 'done', detail: reportOf(outcome.periods, outcome.invoices) };
    }
  },
};

export const invoiceNowRow: RowService<'invoice_now'> = {
  async inTransaction(_tx, { requester, clientId, parameters }) {
    const invoice = await invoiceNow(requester, clientId, parameters.lastDay ?? null);
    return invoice ? { outcome: 'done', detail: reportOf(1, [invoice]) } : 'unchanged';
  },
};

/** The longest report of the 36 periods fits a detail. */
function reportOf(periods: number, invoices: readonly InvoiceRow[]): string {
  if (invoices.length === 0) return `no charges: ${periods} ${periods === 1 ? 'period' : 'periods'}`;
  return invoices.map(({ no, total, currency }) => `${no ?? ''} ${formatMoney(moneyOf(total))} ${currency}`).join(', ');
}
