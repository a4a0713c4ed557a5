import type { InvoicedMark } from '../../domain/invoicing/contents.js';
import { totalsOf } from '../../domain/invoicing/totals.js';
import type { Micros } from '../../domain/money.js';
import {
  readContentsOfInvoices,
  type InvoiceLine,
  type InvoiceRange,
} from '../../storage/invoicing/invoice-contents.js';
import { readLinesOfInvoices } from '../../storage/invoicing/invoice-lines.js';
import type { InvoiceRow } from '../../storage/invoicing/invoices.js';
import {
  readTermsOfClients,
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

/** A draft with its client. */
export interface OpenDraft {
  readonly account: InvoicingAccount;
  readonly draft: InvoiceRow;
}

/** Reads the draft's lines as they are now. */
export async function readDraftContents(
  q: Queries,
  account: InvoicingAccount,
  draft: InvoiceRow,
): Promise<DraftContents> {
  const [contents] = await readContentsOfDrafts(q, [{ account, draft }]);
  if (!contents) throw new TypeError('a draft has contents');
  return contents;
}

/** The same for several drafts, in their order. */
export async function readContentsOfDrafts(q: Queries, drafts: readonly OpenDraft[]): Promise<DraftContents[]> {
  const ranges = drafts.map(rangeOf);
  const held = await readContentsOfInvoices(q, ranges);
  const typedOf = await readLinesOfInvoices(
    q,
    drafts.map(({ draft }) => draft.id),
  );
  const termsOf = await readTermsOfClients(
    q,
    drafts.map(({ account }) => account.clientId),
  );
  return ranges.map(({ clientId, from, to, periodStart }, index): DraftContents => {
    const { draft } = drafts[index] as OpenDraft;
    const lines = { held: held[index] ?? [], typed: typedOf.get(draft.id) ?? [] };
    const terms = termsOf.get(clientId) ?? { terms: null, tax: null };
    const amounts = [...lines.held, ...lines.typed].map(({ amount }) => amount);
    return { from, uptoSeq: to.seq, periodStart, ...lines, terms, ...totalsOf(amounts, terms.tax, draft.currency) };
  });
}

function rangeOf({ account, draft }: OpenDraft): InvoiceRange {
  const isFixed = hasFixedLines(draft);
  return {
    clientId: account.clientId,
    from: isFixed ? { until: draft.fromEnd?.getTime() ?? null, seq: BigInt(draft.fromSeq ?? 0) } : account.mark,
    to: { until: draft.periodEnd.getTime(), seq: isFixed ? BigInt(draft.uptoSeq ?? 0) : account.seq },
    periodStart: isFixed ? draft.periodStart.getTime() : nextPeriodStart(account),
  };
}
