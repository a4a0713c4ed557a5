import { DomainError } from '../../domain/errors.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { invoiceNumber } from '../../domain/invoicing/invoice-numbers.js';
import { grossTotals } from '../../domain/invoicing/totals.js';
import { moneyOf, moneyWithCurrency, roundFor, type Micros } from '../../domain/money.js';
import {
  findInvoiceOfRequest,
  insertCreditNote,
  sumCreditNotes,
  type InvoiceRow,
} from '../../storage/invoicing/invoices.js';
import { takeNumber } from '../../storage/invoicing/number-sequences.js';
import { settle } from '../../storage/invoicing/settle.js';
import { insertInvoiceCredit } from '../../storage/invoicing/settlement.js';
import { writeEntries } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { lockInvoice, readBack } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { publishInvoices } from './publish-invoice.js';

export interface NewCreditNote {
  /** the requester's: the same id is the same credit note */
  readonly externalId: string;
  /** above zero, tax included, in the currency's minor units */
  readonly amount: Micros;
  /** printed on it */
  readonly description: string;
}

interface IssuedNote {
  readonly row: InvoiceRow;
  /** the same request had issued it before */
  readonly replayed: boolean;
}

/**
 * Lowers an invoice. The amount settles this invoice first; what is left of it others, the oldest first, and what is then
 * left is money of the client.
 *
 * @throws DomainError `not_found`, `client_deleted`, `invoice_state` (draft, void, a credit note, nothing to pay), `invalid`
 * (too many decimals), `credit_note_exceeds_invoice`, `conflict` (the id was used for another)
 */
export function createCreditNote(requester: Requester, invoiceId: string, note: NewCreditNote): Promise<IssuedNote> {
  const at = new Date(requester.now);
  return change<IssuedNote>(requester, async (tx) => {
    const { account, invoice } = await lockInvoice(tx, requester, invoiceId, 'accepted');
    const { clientId } = invoice;
    const requestId = `credit:${note.externalId}`;
    const known = await findInvoiceOfRequest(tx, clientId, requestId);
    if (known) return unchanged({ row: requireSame(known, invoiceId, note), replayed: true });
    await requireCreditable(tx, invoice, note.amount);
    if (account.status === 'deleted') requireDue(invoice, note.amount);
    const date = localDate(requester.now, account.timezone);
    const number = await takeNumber(tx, account.resellerId, 'credit_note', Number(date.slice(0, 4)));
    const no = invoiceNumber({ ...number, restart: 'never' }, date, number.seq);
    const rate = invoice.taxRate === null ? 0n : moneyOf(invoice.taxRate);
    const id = await insertCreditNote(tx, invoice, {
      sequenceId: number.sequenceId,
      no,
      noSeq: number.seq,
      timezone: account.timezone,
      periodStart: invoice.periodStart,
      ...grossTotals(note.amount, rate, invoice.currency),
      taxRate: invoice.taxRate,
      taxMode: invoice.taxMode && 'inclusive',
      taxLabel: invoice.taxLabel,
      taxNote: invoice.taxNote,
      issuedAt: at,
      description: note.description,
      requestId,
      createdBy: requester.actor.id,
    });
    const entry = { clientId, currency: invoice.currency, source: requester.actor.id, note: `credit note ${no}` };
    await writeEntries(
      tx,
      [{ ...entry, kind: 'credit_note', externalId: `credit:${id}`, amount: note.amount }],
      {},
      'all',
    );
    const creditId = await insertInvoiceCredit(tx, clientId, id, note.amount);
    await settle(tx, clientId, at, { creditId, invoiceId });
    await publishInvoices(tx, requester, [id]);
    const row = await readBack(tx, requester, id);
    return recorded({ row, replayed: false }, invoiceEntry('credit_note.create', note.description, null, row));
  });
}

async function requireCreditable(tx: Transaction, invoice: InvoiceRow, amount: Micros): Promise<void> {
  const total = moneyOf(invoice.total);
  if (invoice.status !== 'issued' || invoice.type !== 'outgoing' || total <= 0n) {
    throw new DomainError('invoice_state', 'only an issued invoice with a total above 0 can be credited', '/path/id');
  }
  if (roundFor(amount, invoice.currency) !== amount) {
    throw new DomainError('invalid', `must have no more decimals than ${invoice.currency} has`, '/amount');
  }
  const rest = total - (await sumCreditNotes(tx, invoice.id)).amount;
  if (amount <= rest) return;
  throw new DomainError(
    'credit_note_exceeds_invoice',
    `the amount must be up to ${moneyWithCurrency(rest, invoice.currency)}, the total without earlier credit notes`,
    '/amount',
  );
}

/** The client is deleted: nothing else is due that the rest could settle. */
function requireDue({ outstanding, currency }: InvoiceRow, amount: Micros): void {
  if (amount <= moneyOf(outstanding)) return;
  throw new DomainError(
    'client_deleted',
    `the client is deleted: the amount may be up to ${moneyWithCurrency(moneyOf(outstanding), currency)}, what is due; ` +
      'restore the client to credit more',
    '/amount',
  );
}

function requireSame(row: InvoiceRow, invoiceId: string, { amount, description }: NewCreditNote): InvoiceRow {
  if (row.creditOf === invoiceId && moneyOf(row.total) === amount && row.description === description) return row;
  throw new DomainError(
    'conflict',
    'this id was used for another credit note: repeat that request unchanged, or choose another id',
    '/id',
  );
}
