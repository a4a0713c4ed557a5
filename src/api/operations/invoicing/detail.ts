import { DomainError } from '../../../domain/errors.js';
import { readDraftContents, type DraftContents } from '../../../services/invoicing/draft-contents.js';
import { readAllocations, readCreditNotes, type AllocationRow } from '../../../storage/invoicing/allocation-list.js';
import { readInvoiceEmails } from '../../../storage/invoicing/invoice-emails.js';
import { readStoredLines } from '../../../storage/invoicing/invoice-lines.js';
import { findInvoice, type InvoiceRow } from '../../../storage/invoicing/invoices.js';
import { readInvoicingAccount } from '../../../storage/invoicing/invoicing-account.js';
import type { Scope } from '../../../storage/system/scope.js';
import { timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import { emailJson, invoiceJson, lineJson, text, type allocationSchema, type invoiceDetailSchema } from './schema.js';

type Detail = z.output<typeof invoiceDetailSchema>;

/** An invoice settled by more payments shows the first of them. */
const maxAllocations = 200;

/**
 * An invoice with its lines and what has settled it; of a draft, what it would be if it were issued now.
 *
 * @throws DomainError `not_found`
 */
export function readDetail(scope: Scope, id: string, now: number): Promise<Detail> {
  const { resellerId } = scope;
  return scope.readSnapshot(async (tx) => {
    const row = await findInvoice(tx, resellerId, id);
    if (!row) throw new DomainError('not_found', `there is no invoice ${id}`, '/path/id');
    const contents = await contentsOf(row);
    const lines = contents ? [...contents.held, ...contents.typed] : await readStoredLines(tx, id);
    const of = row.type === 'credit_note' ? { creditNoteId: id } : { invoiceId: id };
    const allocations = await readAllocations(tx, of, maxAllocations);
    const notes = await readCreditNotes(tx, id);
    const emails = await readInvoiceEmails(tx, id);
    return {
      ...invoiceJson(row, now, contents),
      lines: lines.map(lineJson),
      allocations: allocations.map(allocationJson),
      emails: emails.map(emailJson),
      creditNotes: notes.map((note) => ({ ...note, total: text(note.total), issuedAt: timeText(note.issuedAt) })),
    };

    async function contentsOf(draft: InvoiceRow): Promise<DraftContents | null> {
      if (draft.status !== 'draft') return null;
      const account = await readInvoicingAccount(tx, resellerId, draft.clientId);
      return account && readDraftContents(tx, account, draft);
    }
  });
}

export function allocationJson(row: AllocationRow): z.output<typeof allocationSchema> {
  return {
    id: row.id,
    at: timeText(row.at),
    amount: text(row.amount),
    currency: row.currency,
    paymentId: row.paymentId,
    paymentEntryId: row.paymentEntryId,
    creditNoteId: row.creditNoteId,
    creditNoteNo: row.creditNoteNo,
    invoiceId: row.invoiceId,
    invoiceNo: row.invoiceNo,
    refundId: row.refundId,
  };
}
