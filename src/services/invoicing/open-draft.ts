import { DomainError } from '../../domain/errors.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import type { Micros } from '../../domain/money.js';
import type { InvoiceLine } from '../../storage/invoicing/invoice-contents.js';
import { replaceLinesOfInvoices } from '../../storage/invoicing/invoice-lines.js';
import { insertDrafts, type InvoiceOrigin, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import type { InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';
import { nextPeriodStart, type OpenDraft } from './draft-contents.js';
import { readAllBack } from './invoice-access.js';

/** A line by hand. */
export interface TypedLine {
  readonly description: string;
  /** above zero is owed, below it a discount; not 0 */
  readonly amount: Micros;
}

interface DraftWish {
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly review: boolean;
  readonly lines: readonly TypedLine[];
  readonly origin: InvoiceOrigin;
  readonly requestId: string | null;
}

/** Adds a draft of the client's next invoice; the client is locked. */
export async function openDraft(
  tx: Transaction,
  requester: Requester,
  account: InvoicingAccount,
  wish: DraftWish,
): Promise<InvoiceRow> {
  const [open] = await openDrafts(tx, requester, [{ account, wish }]);
  if (!open) throw new TypeError('a draft that was opened has a row');
  return open.draft;
}

/** The same for several clients, in their order. */
export async function openDrafts(
  tx: Transaction,
  requester: Requester,
  wishes: readonly { readonly account: InvoicingAccount; readonly wish: DraftWish }[],
): Promise<OpenDraft[]> {
  const idOf = await insertDrafts(
    tx,
    wishes.map(({ account, wish: { periodEnd, description, review, origin, requestId } }) => ({
      ...{ clientId: account.clientId, currency: account.currency, timezone: account.timezone },
      ...{ periodEnd, description, review, origin, requestId },
      periodStart: new Date(nextPeriodStart(account)),
      range: null,
      replaces: null,
      createdBy: requester.actor.id,
      createdAt: new Date(requester.now),
    })),
  );
  const ids = wishes.map(({ account }) => idOf.get(account.clientId) ?? '');
  const linesOf = new Map(ids.map((id, index) => [id, typedLines(wishes[index]?.wish.lines ?? [])]));
  if ([...linesOf.values()].some((lines) => lines.length > 0)) await replaceLinesOfInvoices(tx, linesOf);
  const drafts = await readAllBack(tx, requester, ids);
  return wishes.map(({ account }, index) => ({ account, draft: drafts[index] as InvoiceRow }));
}

export function typedLines(lines: readonly TypedLine[]): InvoiceLine[] {
  return lines.map((line) => ({ ...line, kind: 'typed', entries: null }));
}

/**
 * The end of a period up to now: the end of this second, since what was charged within it is known already. What comes
 * later within it is left for the next invoice.
 */
export function periodEndNow(account: InvoicingAccount, now: number): Date {
  const end = toSecond(now) + 1000;
  const isInvoicedSecond = nextPeriodStart(account) === end;
  return new Date(isInvoicedSecond ? end + 1000 : end);
}

/**
 * The end of a period by hand, in whole seconds.
 *
 * @throws DomainError `invalid` when it is in the future, or not after what is invoiced already
 */
export function requirePeriodEnd(account: InvoicingAccount, asked: Date, now: number): Date {
  const end = toSecond(asked.getTime());
  if (end > now) {
    throw new DomainError(
      'invalid',
      'must not be in the future: what is not known yet can’t be invoiced',
      '/periodEnd',
    );
  }
  const start = nextPeriodStart(account);
  if (end <= start) {
    const what = account.mark.until === null ? 'the creation of the client' : 'the end of what is invoiced already';
    throw new DomainError('invalid', `must be after ${what}, ${new Date(start).toISOString()}`, '/periodEnd');
  }
  return new Date(end);
}
