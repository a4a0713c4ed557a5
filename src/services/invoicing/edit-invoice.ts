import { DomainError } from '../../domain/errors.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { replaceLines } from '../../storage/invoicing/invoice-lines.js';
import { updateDraftRow, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { hasFixedLines } from './draft-contents.js';
import { lockInvoice, readBack, requireDraft } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { requirePeriodEnd, typedLines, type TypedLine } from './open-draft.js';

export interface DraftPatch {
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly review: boolean;
}

/**
 * Changes a draft.
 *
 * @param lines replace those by hand; undefined: these stay
 * @throws DomainError `not_found`, `invoice_state` (it is issued or void), `invalid` (end), `conflict` for the end or the
 * lines of a draft that has the lines of an older invoice
 */
export function editInvoice(
  requester: Requester,
  id: string,
  { patch, lines }: { readonly patch: Patch<DraftPatch>; readonly lines: readonly TypedLine[] | undefined },
  precondition: Precondition<InvoiceRow>,
): Promise<InvoiceRow> {
  return change(requester, async (tx) => {
    const { account, invoice } = await lockInvoice(tx, requester, id);
    precondition(invoice);
    requireDraft(invoice);
    if (hasFixedLines(invoice)) {
      if (patch.periodEnd !== undefined) throw fixedLines('/periodEnd');
      if (lines !== undefined && lines.length > 0) throw fixedLines('/lines');
    }
    const { periodEnd, description, review } = applyPatch<DraftPatch>(invoice, patch);
    await updateDraftRow(tx, id, {
      ...{ description, review },
      periodEnd: patch.periodEnd ? requirePeriodEnd(account, patch.periodEnd, requester.now) : periodEnd,
    });
    if (lines !== undefined) await replaceLines(tx, id, typedLines(lines));
    const after = await readBack(tx, requester, id);
    return recorded(after, invoiceEntry('invoice.update', null, invoice, after));
  });
}

function fixedLines(pointer: string): DomainError {
  return new DomainError(
    'conflict',
    'the draft replaces an older invoice and has its lines: leave them, and add others to the next invoice',
    pointer,
  );
}
