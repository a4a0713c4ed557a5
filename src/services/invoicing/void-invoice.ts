import { isSameMark } from '../../domain/invoicing/contents.js';
import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../../domain/money.js';
import {
  insertDraft,
  markVoid,
  sumCreditNotes,
  type InvoiceRow,
  type VoidedLines,
} from '../../storage/invoicing/invoices.js';
import { returnInvoicedMark, type InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import { releaseAllocation, settle } from '../../storage/invoicing/settle.js';
import {
  allocationsOfCredit,
  findInvoiceCredit,
  lowerCredit,
  releaseInvoice,
} from '../../storage/invoicing/settlement.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, recordedAll, unchanged, type Requester } from '../change.js';
import { lockInvoice, readBack } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { postAll } from './issue-drafts.js';

export interface VoidOrder {
  readonly reason: string;
  /** where its lines go: a new draft, the next invoice, or none */
  readonly lines: VoidedLines;
}

interface Voided {
  readonly row: InvoiceRow;
  /** with its lines; null: none was wanted */
  readonly draft: InvoiceRow | null;
}

/**
 * Voids an invoice: what settled it is free for others, the ledger gets its total and its tax back. It keeps its number.
 * One that is void already stays as it is, so that the request may be repeated.
 *
 * Only the latest invoice can go without a replacement: what an invoice holds follows from the one before it.
 *
 * @throws DomainError `not_found`, `client_deleted`, `invoice_state` (a draft, a credit note), `invoice_has_credit_notes`,
 * `invoice_not_latest`, `conflict` when its total was below zero and is refunded
 */
export function voidInvoice(requester: Requester, id: string, order: VoidOrder): Promise<Voided> {
  const at = new Date(requester.now);
  return change<Voided>(requester, async (tx) => {
    const { account, invoice } = await lockInvoice(tx, requester, id);
    if (invoice.status === 'void') {
      const { replacedBy } = invoice;
      return unchanged({ row: invoice, draft: replacedBy === null ? null : await readBack(tx, requester, replacedBy) });
    }
    await requireVoidable(tx, invoice);
    const isLatest = isLatestOf(account, invoice);
    if (!isLatest && order.lines !== 'draft') throw notLatest();
    await releaseInvoice(tx, id);
    await takeCreditBack(tx, invoice);
    await postBack(tx, requester, invoice);
    await markVoid(tx, id, { ...order, at });
    if (isLatest && order.lines !== 'never') await returnInvoicedMark(tx, account.clientId, before(invoice));
    const draft = order.lines === 'draft' ? await replacement(tx, requester, account, invoice, isLatest) : null;
    await settle(tx, account.clientId, at);
    const row = await readBack(tx, requester, id);
    const entry = invoiceEntry('invoice.void', order.reason, invoice, row);
    if (!draft) return recorded({ row, draft }, entry);
    return recordedAll({ row, draft }, [entry, invoiceEntry('invoice.create', null, null, draft)]);
  });
}

async function requireVoidable(tx: Transaction, { id, status, type }: InvoiceRow): Promise<void> {
  if (status === 'draft') throw new DomainError('invoice_state', 'the invoice is a draft: delete it', '/path/id');
  if (type === 'credit_note') {
    throw new DomainError('invoice_state', 'a credit note can’t be voided: invoice the amount again', '/path/id');
  }
  const { count } = await sumCreditNotes(tx, id);
  if (count === 0) return;
  throw new DomainError(
    'invoice_has_credit_notes',
    `${count} ${count === 1 ? 'credit note lowers' : 'credit notes lower'} the invoice: issue another credit note for the rest`,
    '/path/id',
  );
}

/** What is invoiced of the client ends where this invoice does. */
function isLatestOf({ mark }: InvoicingAccount, { periodEnd, uptoSeq }: InvoiceRow): boolean {
  return isSameMark(mark, { until: periodEnd.getTime(), seq: BigInt(uptoSeq ?? 0) });
}

function before({ fromEnd, fromSeq }: InvoiceRow): InvoicingAccount['mark'] {
  return { until: fromEnd?.getTime() ?? null, seq: BigInt(fromSeq ?? 0) };
}

function notLatest(): DomainError {
  return new DomainError(
    'invoice_not_latest',
    'later charges of the client are invoiced already: an older invoice is replaced by a draft with the same lines',
    '/lines',
  );
}

/** An invoice below zero is money of the client, which may have settled others. */
async function takeCreditBack(tx: Transaction, { id, total }: InvoiceRow): Promise<void> {
  if (moneyOf(total) >= 0n) return;
  const credit = await findInvoiceCredit(tx, id);
  if (!credit) return;
  if (credit.refunded > 0n) {
    throw new DomainError(
      'conflict',
      'the amount of the invoice was refunded: it can’t be voided any more',
      '/path/id',
    );
  }
  for (const allocation of await allocationsOfCredit(tx, credit.id)) await releaseAllocation(tx, allocation.id, 0n);
  await lowerCredit(tx, credit.id, credit.amount);
}

async function postBack(tx: Transaction, { actor }: Requester, invoice: InvoiceRow): Promise<void> {
  const { id, clientId, currency, no, total, tax, taxMode } = invoice;
  const entry = { clientId, currency, externalId: `void:${id}`, source: actor.id, note: `invoice ${no ?? id} voided` };
  await postAll(tx, [
    { ...entry, kind: 'invoice', amount: moneyOf(total) },
    { ...entry, kind: 'tax', amount: taxMode === 'exclusive' ? moneyOf(tax) : 0n },
  ]);
}

/** Of the latest invoice, a draft like any other; of an older one, a draft that has exactly its lines. */
async function replacement(
  tx: Transaction,
  requester: Requester,
  { timezone }: InvoicingAccount,
  invoice: InvoiceRow,
  isLatest: boolean,
): Promise<InvoiceRow> {
  const { clientId, currency, periodStart, periodEnd, description } = invoice;
  const id = await insertDraft(tx, {
    ...{ clientId, currency, timezone, periodStart, periodEnd, description },
    review: true,
    origin: 'manual',
    range: isLatest ? null : { from: before(invoice), uptoSeq: BigInt(invoice.uptoSeq ?? 0) },
    replaces: invoice.id,
    requestId: null,
    createdBy: requester.actor.id,
    createdAt: new Date(requester.now),
  });
  return readBack(tx, requester, id);
}
