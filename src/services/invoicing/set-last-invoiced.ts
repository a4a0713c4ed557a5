import { DomainError } from '../../domain/errors.js';
import { localDate, startOfDay } from '../../domain/invoicing/local-days.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import { readInvoiceContents } from '../../storage/invoicing/invoice-contents.js';
import { resolveTooManyMissed } from '../../storage/invoicing/autoinvoicing.js';
import { latestPeriodEnd } from '../../storage/invoicing/invoices.js';
import {
  readInvoicingAccount,
  setInvoicedMark,
  type InvoicingAccount,
} from '../../storage/invoicing/invoicing-account.js';
import type { Queries } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { lockClient } from './invoice-access.js';
import { nextPeriodStart } from './draft-contents.js';

/** What will never be on an invoice where a client counts as invoiced up to a day. */
export interface LastInvoicedPreview {
  /** ms: the beginning of the day in the client's zone */
  readonly at: number;
  readonly entries: number;
  /** above zero is owed */
  readonly amount: Micros;
}

/** `changed`: false where the client counted as invoiced up to there already. */
export type LastInvoicedChange = LastInvoicedPreview & { readonly changed: boolean };

/**
 * What `setLastInvoiced` would leave out.
 *
 * @throws DomainError as it does
 */
export async function previewLastInvoiced(
  requester: Requester,
  clientId: string,
  date: string,
): Promise<LastInvoicedPreview> {
  const { scope, now } = requester;
  return scope.readSnapshot(async (tx) => {
    const account = await readInvoicingAccount(tx, scope.resellerId, clientId);
    if (!account) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
    return preview(tx, account, await requireDay(tx, account, date, now, '/query/date'));
  });
}

/**
 * Says that a client was invoiced elsewhere up to a day: what was recorded and occurred before it is on no invoice.
 *
 * @param date `2026-03-01` in the client's zone
 * @param expected the entries that the requester was shown; null: any
 * @throws DomainError `not_found`, `client_deleted`, `invalid` (in the future), `last_invoiced_before_invoice`,
 * `invoice_changed` when more or fewer entries would be left out than expected
 */
export function setLastInvoiced(
  requester: Requester,
  clientId: string,
  { date, reason, expected }: { readonly date: string; readonly reason: string; readonly expected: number | null },
): Promise<LastInvoicedChange> {
  return change<LastInvoicedChange>(requester, async (tx) => {
    const account = await lockClient(tx, requester, clientId);
    const at = await requireDay(tx, account, date, requester.now, '/date');
    if (account.mark.until === at && account.mark.seq === account.seq) {
      return unchanged({ at, entries: 0, amount: 0n, changed: false });
    }
    const left = await preview(tx, account, at);
    if (expected !== null && expected !== left.entries) {
      throw new DomainError(
        'invoice_changed',
        `${left.entries} entries would not be invoiced now: check the preview again`,
        '/expectedEntries',
      );
    }
    await setInvoicedMark(tx, clientId, { until: at, seq: account.seq });
    await resolveTooManyMissed(tx, [clientId], requester.now);
    return recorded(
      { ...left, changed: true },
      {
        action: 'client.last_invoiced',
        subjectType: 'client',
        subjectId: clientId,
        clientId,
        reason,
        before: { lastInvoicedAt: account.mark.until === null ? null : new Date(account.mark.until).toISOString() },
        after: { lastInvoicedAt: new Date(at).toISOString(), entries: left.entries, amount: formatMoney(left.amount) },
      },
    );
  });
}

async function requireDay(
  q: Queries,
  { clientId, timezone }: InvoicingAccount,
  date: string,
  now: number,
  pointer: string,
): Promise<number> {
  if (date > localDate(now, timezone)) throw new DomainError('invalid', 'must not be in the future', pointer);
  const at = startOfDay(date, timezone);
  const latest = await latestPeriodEnd(q, clientId);
  if (!latest || at >= latest.getTime()) return at;
  throw new DomainError(
    'last_invoiced_before_invoice',
    `an invoice ends at ${latest.toISOString()}: choose a later day, or void it first`,
    pointer,
  );
}

/** What is not invoiced, and would count as if it were. */
async function preview(q: Queries, account: InvoicingAccount, at: number): Promise<LastInvoicedPreview> {
  const to = { until: at, seq: account.seq };
  const lines = await readInvoiceContents(q, account.clientId, account.mark, to, nextPeriodStart(account));
  return {
    at,
    entries: lines.reduce((all, { entries }) => all + (entries ?? 0), 0),
    amount: lines.reduce((all, { amount }) => all + amount, 0n),
  };
}
