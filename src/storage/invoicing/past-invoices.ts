import { invoiceNumber } from '../../domain/invoicing/invoice-numbers.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { dueDate } from '../../domain/invoicing/periods.js';
import { dayMs } from '../../domain/durations.js';
import { moneyOf } from '../../domain/money.js';
import type { Transaction } from '../system/database.js';
import { replaceLines } from './invoice-lines.js';
import { insertDraft, markIssued } from './invoices.js';
import { moveInvoicedMarks, readInvoicingTerms } from './invoicing-account.js';
import { takeNumber } from './number-sequences.js';
import { settle } from './settle.js';

/** Which entries have their invoices already, and up to where each client is invoiced. */
export interface PastInvoices {
  entryId: string;
  readonly last: Map<string, { readonly until: number; readonly seq: bigint; readonly charges: number }>;
}

interface PastEntry {
  readonly id: string;
  readonly clientId: string;
  readonly resellerId: string;
  readonly currency: string;
  readonly timezone: string;
  readonly createdAt: Date;
  readonly at: Date;
  readonly amount: string;
  readonly seq: string;
  readonly charges: number;
}

/** The due date of demo clients without payment terms. */
const usualGraceDays = 7;

/**
 * Only for the demo data, whose ledger is written in bulk: gives each entry of kind `invoice` that came since the last call
 * its invoice, in the order in which they were issued, and settles it with the payments of its client.
 */
export async function documentPastInvoices(tx: Transaction, createdBy: string, past: PastInvoices): Promise<void> {
  const entries = await tx<PastEntry[]>`
    select e.id, e.client_id as "clientId", c.reseller_id as "resellerId", e.currency, c.timezone, c.created_at as "createdAt",
      e.occurred_at as at, e.amount, e.seq,
      (select count(*)::int from ledger_entries x
       where x.client_id = e.client_id and x.kind = 'charge' and x.occurred_at < e.occurred_at) as charges
    from ledger_entries e join clients c on c.id = e.client_id
    where e.kind = 'invoice' and e.amount < 0 and e.id > ${past.entryId} and not starts_with(e.external_id, 'invoice:')
    order by e.occurred_at, e.id`;
  const { last } = past;
  for (const entry of entries) {
    const { clientId, currency, timezone, at } = entry;
    const end = at.getTime();
    const before = last.get(clientId);
    const start = before?.until ?? Math.min(entry.createdAt.getTime(), end - dayMs);
    const id = await insertDraft(tx, {
      ...{ clientId, currency, timezone, createdBy, createdAt: at, periodStart: new Date(start), periodEnd: at },
      ...{ description: null, review: false, origin: 'manual', range: null, replaces: null, requestId: null },
    });
    const total = -moneyOf(entry.amount);
    const charges = entry.charges - (before?.charges ?? 0);
    await replaceLines(tx, id, [
      { kind: 'charges', description: null, entries: charges > 0 ? charges : null, amount: total },
    ]);
    const date = localDate(end, timezone);
    const number = await takeNumber(tx, entry.resellerId, 'outgoing', Number(date.slice(0, 4)));
    const { terms } = await readInvoicingTerms(tx, clientId);
    const due = dueDate(end, terms?.graceDays ?? usualGraceDays, timezone);
    const mark = { until: end, seq: BigInt(entry.seq) };
    await markIssued(tx, [
      {
        id,
        ...{ sequenceId: number.sequenceId, no: invoiceNumber({ ...number, restart: 'never' }, date, number.seq) },
        ...{ noSeq: number.seq, timezone, periodStart: new Date(start), net: total, tax: 0n, total },
        ...{ taxRate: null, taxMode: null, taxLabel: null, taxNote: null, issuedAt: at },
        ...{ dueOn: due.dueOn, overdueFrom: new Date(due.overdueFrom) },
        from: before ?? { until: null, seq: 0n },
        uptoSeq: mark.seq,
      },
    ]);
    await moveInvoicedMarks(tx, [{ clientId, mark }]);
    await settle(tx, clientId, at);
    last.set(clientId, { ...mark, charges: entry.charges });
    if (BigInt(entry.id) > BigInt(past.entryId)) past.entryId = entry.id;
  }
}
