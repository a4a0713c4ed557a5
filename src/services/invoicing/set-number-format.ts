import { DomainError } from '../../domain/errors.js';
import { requireNumberFormat, type NumberFormat } from '../../domain/invoicing/invoice-numbers.js';
import type { InvoiceType } from '../../domain/invoicing/payment-status.js';
import { readSequence, saveSequence, type SequenceRow } from '../../storage/invoicing/number-sequences.js';
import { lockReseller } from '../../storage/resellers/resellers.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';

/**
 * Sets how the next invoices of a reseller's clients are numbered. Numbers continue, so that none is used twice.
 *
 * @throws DomainError `not_found`, `invalid` for a format that does not do
 */
export function setNumberFormat(
  requester: Requester,
  resellerId: string,
  type: InvoiceType,
  format: NumberFormat,
  precondition: Precondition<SequenceRow>,
): Promise<SequenceRow> {
  const year = new Date(requester.now).getUTCFullYear();
  return change(requester, async (tx) => {
    const reseller = await lockReseller(tx, requester.scope.resellerId, resellerId);
    if (!reseller || reseller.kind === 'manager') {
      throw new DomainError('not_found', `there is no reseller ${resellerId}`, '/path/id');
    }
    const before = await readSequence(tx, resellerId, type, year);
    precondition(before);
    requireNumberFormat(format);
    await saveSequence(tx, resellerId, type, format, year);
    const after = await readSequence(tx, resellerId, type, year);
    return recorded(after, {
      action: 'invoice_numbers.update',
      subjectType: 'reseller',
      subjectId: resellerId,
      resellerId,
      before: fieldsOf(before),
      after: fieldsOf(after),
    });
  });
}

function fieldsOf({ type, prefix, format, restart }: SequenceRow): Record<string, unknown> {
  return { type, prefix, format, restart };
}
