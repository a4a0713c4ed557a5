import { formatMoney, moneyOf } from '../../domain/money.js';
import type { InvoiceRow } from '../../storage/invoicing/invoices.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of an invoice. */
export function invoiceEntry(
  action: string,
  reason: string | null,
  before: InvoiceRow | null,
  after: InvoiceRow | null,
): ChangeEntry {
  const { id, clientId } = after ?? before ?? { id: '', clientId: '' };
  return {
    action,
    subjectType: 'invoice',
    subjectId: id,
    clientId,
    reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf(row: InvoiceRow): Record<string, unknown> {
  const { type, status, no, currency, description, dueOn, review } = row;
  return {
    type,
    status,
    no,
    currency,
    total: formatMoney(moneyOf(row.total)),
    periodStart: row.periodStart.toISOString(),
    periodEnd: row.periodEnd.toISOString(),
    dueOn,
    description,
    review,
  };
}
