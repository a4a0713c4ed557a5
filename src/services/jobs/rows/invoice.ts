import { formatMoney, moneyOf } from '../../../domain/money.js';
import { maxMissedPeriods } from '../../../domain/invoicing/autoinvoicing.js';
import type { InvoiceRow } from '../../../storage/invoicing/invoices.js';
import { autoinvoiceClients, type AutoinvoiceOutcome } from '../../invoicing/autoinvoice-clients.js';
import { invoiceNow } from '../../invoicing/invoice-now.js';
import type { RowResult, RowService } from '../row-service.js';

/** Rows that issue the invoices of a client. */

export const autoinvoicingRow: RowService<'autoinvoicing'> = {
  async inTransaction(_tx, { requester, clientId }) {
    const [outcome] = await autoinvoiceClients(requester, [clientId]);
    if (!outcome) throw new TypeError('a client that was invoiced has an outcome');
    return resultOf(outcome);
  },

  async manyInTransaction(_tx, requests) {
    const [first] = requests;
    if (!first) return [];
    const clientIds = requests.map(({ clientId }) => clientId);
    return (await autoinvoiceClients(first.requester, clientIds)).map(resultOf);
  },
};

function resultOf(outcome: AutoinvoiceOutcome): RowResult {
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
}

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
