import type { InvoicedMark } from '../../domain/invoicing/contents.js';
import { totalsOf } from '../../domain/invoicing/totals.js';
import type { Micros } from '../../domain/money.js';
import { readInvoiceContents, type InvoiceLine } from '../../storage/invoicing/invoice-contents.js';
import { readStoredLines, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import {
  readInvoicingTerms,
  type InvoicingAccount,
  type InvoicingTerms,
} from '../../storage/invoicing/invoicing-account.js';
import type { Queries } from '../../storage/system/database.js';

/** What an invoice would be if its draft were issued now. */
export interface DraftContents {
  readonly from: InvoicedMark;
  /** the last entry that it may hold */
  readonly uptoSeq: bigint;
  /** ms */
  readonly periodStart: number;
  /** of the ledger */
  readonly held: readonly InvoiceLine[];
  /** by hand: not in the ledger yet */
  readonly typed: readonly InvoiceLine[];
  readonly net: Micros;
  readonly tax: Micros;
  readonly total: Micros;
  readonly terms: InvoicingTerms;
}

/** Where the next period of a client starts: where the last one ended, else at its creation. */
export function nextPeriodStart({ mark, createdAt }: Pick<InvoicingAccount, 'mark' | 'createdAt'>): number {
  return mark.until ?? createdAt.getTime();
}

/** A draft that has the lines of an older invoice, and no others. */
export function hasFixedLines({ fromSeq }: Pick<InvoiceRow, 'fromSeq'>): boolean {
  return fromSeq !== null;
}

/** Reads the draft's lines as they are now. */
export async function readDraftContents(
  q: Queries,
  account: InvoicingAccount,
  draft: InvoiceRow,
): Promise<DraftContents> {
  const isFixed = hasFixedLines(draft);
  const from = isFixed ? { until: draft.fromEnd?.getTime() ?? null, seq: BigInt(draft.fromSeq ?? 0) } : account.mark;
  const uptoSeq = isFixed ? BigInt(draft.uptoSeq ?? 0) : account.seq;
  const periodStart = isFixed ? draft.periodStart.getTime() : nextPeriodStart(account);
  const to = { until: draft.periodEnd.getTime(), seq: uptoSeq };
  const held = await readInvoiceContents(q, account.clientId, from, to, periodStart);
  const typed = await readStoredLines(q, draft.id);
  const terms = await readInvoicingTerms(q, account.clientId);
  const amounts = [...held, ...typed].map(({ amount }) => amount);
  const totals = totalsOf(amounts, terms.tax, draft.currency);
  return { from, uptoSeq, periodStart, held, typed, terms, ...totals };
}
