import { DomainError } from '../../domain/errors.js';
import { localDate } from '../../domain/invoicing/local-days.js';
import { invoiceNumber } from '../../domain/invoicing/invoice-numbers.js';
import { dueDate } from '../../domain/invoicing/periods.js';
import type { NewEntry } from '../../domain/ledger/entry.js';
import { requireSureTaxNumber } from '../../domain/invoicing/tax-profile.js';
import { formatMoney, moneyWithCurrency, type Micros } from '../../domain/money.js';
import { typedLinePrefix, type InvoiceLine } from '../../storage/invoicing/invoice-contents.js';
import { replaceLinesOfInvoices } from '../../storage/invoicing/invoice-lines.js';
import { markIssued, type InvoiceRow, type IssuedDraft } from '../../storage/invoicing/invoices.js';
import { moveInvoicedMarks, readLedgerSeqs, type InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import { takeNumbers, type TakenNumber } from '../../storage/invoicing/number-sequences.js';
import { settleClients } from '../../storage/invoicing/settle.js';
import { insertInvoiceCredits } from '../../storage/invoicing/settlement.js';
import { writeEntries } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';
import { hasFixedLines, readContentsOfDrafts, type DraftContents, type OpenDraft } from './draft-contents.js';
import { readAllBack } from './invoice-access.js';
import { publishInvoices } from './publish-invoice.js';

interface IssueOrder {
  /** ms; the due date counts from it */
  readonly issuedAt: number;
  /** what its reader saw; null: any */
  readonly expectedTotal: Micros | null;
  /** also without lines */
  readonly allowEmpty?: boolean;
}

/** A draft that is issued, and what it holds. */
interface Issue extends OpenDraft {
  readonly order: IssueOrder;
  readonly contents: DraftContents;
}

/** The same with its number. */
interface NumberedIssue extends Issue {
  readonly date: string;
  readonly no: string;
  readonly number: TakenNumber;
}

/**
 * Issues a draft: its lines are fixed, its number is taken, the ledger gets its total and its tax, and what nothing has
 * used settles it. The client is locked. Null: there is nothing to invoice, and nothing was done.
 *
 * @throws DomainError `invoice_changed` when the total is not the expected one; `invalid` for a period that is invoiced
 * already; `conflict` for a number that the tax profile does not allow
 */
export async function issueDraft(
  tx: Transaction,
  requester: Requester,
  account: InvoicingAccount,
  draft: InvoiceRow,
  order: IssueOrder,
): Promise<InvoiceRow | null> {
  const [issued] = await issueDrafts(tx, requester, [{ account, draft, order }]);
  return issued ?? null;
}

/**
 * The same for drafts of different clients, in their order and in few statements however many they are.
 *
 * @throws DomainError for the first of them that can't be issued; then none of them is
 */
export async function issueDrafts(
  tx: Transaction,
  requester: Requester,
  drafts: readonly (OpenDraft & { readonly order: IssueOrder })[],
): Promise<(InvoiceRow | null)[]> {
  const contents = await readContentsOfDrafts(tx, drafts);
  const issues = drafts.flatMap((one, index): Issue[] => {
    const issue = { ...one, contents: contents[index] as DraftContents };
    return hasSomething(issue) ? [issue] : [];
  });
  if (issues.length === 0) return drafts.map(() => null);
  issues.forEach(requireExpected);
  await postAll(
    tx,
    issues.flatMap((issue) => typedEntries(requester, issue)),
  );
  const seqs = await readLedgerSeqs(tx, clientIdsOf(issues));
  const linesOf = issues.map(({ draft, contents: { held, typed } }) => {
    const lines: readonly InvoiceLine[] = [...held, ...typed.map((line) => ({ ...line, entries: 1 }))];
    return [draft.id, lines] as const;
  });
  await replaceLinesOfInvoices(tx, new Map(linesOf));
  const numbered = await takeNumbersOf(tx, issues);
  const uptoSeqOf = ({ account, draft, contents: { uptoSeq } }: Issue): bigint =>
    hasFixedLines(draft) ? uptoSeq : (seqs.get(account.clientId) ?? 0n);
  await markIssued(
    tx,
    numbered.map((issue) => issuedDraft(issue, uptoSeqOf(issue))),
  );
  await postAll(
    tx,
    numbered.flatMap((issue) => totalEntries(requester, issue)),
    requester.now,
  );
  await moveInvoicedMarks(
    tx,
    numbered
      .filter(({ draft }) => !hasFixedLines(draft))
      .map((issue) => ({
        clientId: issue.account.clientId,
        mark: { until: issue.draft.periodEnd.getTime(), seq: uptoSeqOf(issue) },
      })),
  );
  await insertInvoiceCredits(
    tx,
    numbered
      .filter(({ contents: { total } }) => total < 0n)
      .map(({ account, draft, contents: { total } }) => ({
        ...{ clientId: account.clientId, invoiceId: draft.id, amount: -total },
      })),
  );
  await settleClients(tx, clientIdsOf(issues), new Date(requester.now));
  const ids = issues.map(({ draft }) => draft.id);
  await publishInvoices(tx, requester, ids);
  const rowOf = new Map((await readAllBack(tx, requester, ids)).map((row) => [row.id, row]));
  return drafts.map(({ draft }) => rowOf.get(draft.id) ?? null);
}

function clientIdsOf(issues: readonly Issue[]): string[] {
  return issues.map(({ account }) => account.clientId);
}

function hasSomething({ order, contents: { held, typed } }: Issue): boolean {
  return held.length + typed.length > 0 || order.allowEmpty === true;
}

function requireExpected({ account, draft, order: { expectedTotal }, contents: { total } }: Issue): void {
  if (!hasFixedLines(draft)) requireUninvoiced(account, draft);
  if (expectedTotal !== null && expectedTotal !== total) {
    throw new DomainError(
      'invoice_changed',
      `the total is ${moneyWithCurrency(total, draft.currency)} now: check the lines again, then issue it with that total`,
      '/total',
    );
  }
}

/**
 * Takes the numbers of the drafts, in their order within each reseller. Called when all balance rows are locked; the
 * sequences in the order of their resellers, so that those who issue for several resellers never deadlock.
 *
 * @throws DomainError `conflict` for a number that the tax profile does not allow
 */
async function takeNumbersOf(tx: Transaction, issues: readonly Issue[]): Promise<NumberedIssue[]> {
  const dated = issues.map((issue) => ({ ...issue, date: localDate(issue.order.issuedAt, issue.account.timezone) }));
  const sequenceOf = ({ account, date }: (typeof dated)[number]): string => `${account.resellerId} ${date.slice(0, 4)}`;
  const taken = new Map<string, TakenNumber[]>();
  for (const key of [...new Set(dated.map(sequenceOf))].sort()) {
    const [resellerId = '', year] = key.split(' ');
    const count = dated.filter((issue) => sequenceOf(issue) === key).length;
    taken.set(key, await takeNumbers(tx, resellerId, 'outgoing', Number(year), count));
  }
  return dated.map((issue) => {
    const number = taken.get(sequenceOf(issue))?.shift();
    if (!number) throw new TypeError('each invoice has a number');
    const no = invoiceNumber({ ...number, restart: 'never' }, issue.date, number.seq);
    if (issue.contents.terms.tax?.sureTax) requireSureTaxNumber(no);
    return { ...issue, number, no };
  });
}

function issuedDraft({ account, draft, order, contents, number, no }: NumberedIssue, uptoSeq: bigint): IssuedDraft {
  const { net, tax, total, terms, from } = contents;
  const { issuedAt } = order;
  const due = dueDate(issuedAt, terms.terms?.graceDays ?? 0, account.timezone);
  return {
    id: draft.id,
    sequenceId: number.sequenceId,
    no,
    noSeq: number.seq,
    timezone: account.timezone,
    periodStart: new Date(contents.periodStart),
    ...{ net, tax, total, from, uptoSeq },
    taxRate: terms.tax && formatMoney(terms.tax.rate),
    taxMode: terms.tax?.mode ?? null,
    taxLabel: terms.tax?.label ?? null,
    taxNote: terms.tax?.note ?? null,
    issuedAt: new Date(issuedAt),
    dueOn: due.dueOn,
    overdueFrom: new Date(due.overdueFrom),
  };
}

/** What the ledger gets of the invoice itself. */
function totalEntries({ actor }: Requester, { account, draft, contents, no }: NumberedIssue): readonly NewEntry[] {
  const { total, tax, terms } = contents;
  const posting = {
    ...{ clientId: account.clientId, currency: draft.currency, source: actor.id },
    ...{ externalId: `invoice:${draft.id}`, note: `invoice ${no}` },
  };
  return [
    { ...posting, kind: 'invoice', amount: -total },
    // Included tax is part of the charges, which the live balance has paid already.
    { ...posting, kind: 'tax', amount: terms.tax?.mode === 'exclusive' ? -tax : 0n },
  ];
}

function requireUninvoiced({ mark }: InvoicingAccount, { periodEnd }: InvoiceRow): void {
  if (mark.until === null || periodEnd.getTime() > mark.until) return;
  throw new DomainError(
    'invalid',
    `the client is invoiced until ${new Date(mark.until).toISOString()} now: set a later end, or delete the draft`,
    '/periodEnd',
  );
}

/**
 * Lines by hand as what the client owes, so that the live and the fixed balance agree. They occur just before the end of
 * the period: the invoice holds them by the same formula as all others.
 */
function typedEntries({ actor }: Requester, { account, draft, contents: { typed } }: Issue): readonly NewEntry[] {
  const occurredAt = draft.periodEnd.getTime() - 1000;
  return typed.map(({ description, amount }, index) => ({
    ...{ clientId: account.clientId, currency: draft.currency, source: actor.id },
    kind: amount > 0n ? 'charge' : 'adjustment',
    externalId: `${typedLinePrefix}${draft.id}:${index + 1}`,
    amount: -amount,
    occurredAt,
    ...(description !== null && { note: description }),
  }));
}

/** Posts the entries that are not of zero. */
export async function postAll(tx: Transaction, entries: readonly NewEntry[], now?: number): Promise<void> {
  const moving = entries.filter(({ amount }) => amount !== 0n);
  if (moving.length > 0) await writeEntries(tx, moving, now === undefined ? {} : { now }, 'all');
}
