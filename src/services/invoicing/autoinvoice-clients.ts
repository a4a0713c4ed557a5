import { duePeriods, maxMissedPeriods } from '../../domain/invoicing/autoinvoicing.js';
import { DomainError } from '../../domain/errors.js';
import { deleteDraftRows, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import {
  raiseTooManyMissed,
  readAutoinvoicing,
  resolveTooManyMissed,
  type Autoinvoicing,
} from '../../storage/invoicing/autoinvoicing.js';
import {
  lockInvoicingAccounts,
  moveInvoicedMarks,
  readInvoicingAccounts,
  type InvoicingAccount,
} from '../../storage/invoicing/invoicing-account.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, type Requester } from '../change.js';
import { nextPeriodStart } from './draft-contents.js';
import { invoiceEntry } from './invoice-entry.js';
import { issueDrafts } from './issue-drafts.js';
import { openDrafts } from './open-draft.js';

/** What a run did for a client. */
export type AutoinvoiceOutcome =
  /** no period is due: it was invoiced already, or is not invoiced without being asked for any more */
  | { readonly kind: 'not_due' }
  /** nothing was issued, and staff gets an event */
  | { readonly kind: 'too_many_missed' }
  | { readonly kind: 'invoiced'; readonly periods: number; readonly invoices: readonly InvoiceRow[] };

/** A client with periods to invoice. */
interface DueClient {
  readonly clientId: string;
  readonly terms: Autoinvoicing;
  readonly start: number;
  /** of its periods, the oldest first */
  readonly ends: readonly number[];
}

/** Periods of several clients that one transaction invoices: it locks the clients and the numbers of their resellers. */
const maxPeriodsTogether = 100;

/**
 * Invoices the periods of clients that have ended, in one transaction: each period gets its own invoice, the oldest first,
 * all of them issued now. A period without lines gets none, and the next one starts where it ends. A repeat finds nothing
 * that is due.
 *
 * @returns what it did for each client, in their order
 * @throws DomainError where one of the clients can't be invoiced, and for several clients with many missed periods; then
 * nothing was done, and each of them is invoiced on its own
 */
export function autoinvoiceClients(requester: Requester, clientIds: readonly string[]): Promise<AutoinvoiceOutcome[]> {
  const { scope, now } = requester;
  return change<AutoinvoiceOutcome[]>(requester, async (tx) => {
    const accounts = await lockInvoicingAccounts(tx, scope.resellerId, clientIds);
    const due = await findDue(tx, accounts, now);
    const missed = due.filter(({ ends }) => ends.length > maxMissedPeriods);
    // The event is its own record.
    for (const { clientId, start } of missed) {
      await raiseTooManyMissed(tx, clientId, { since: new Date(start), now });
    }
    const caughtUp = due.filter(({ ends }) => ends.length <= maxMissedPeriods);
    const invoices = await invoicePeriods(tx, requester, caughtUp, accounts);
    await resolveTooManyMissed(
      tx,
      caughtUp.map(({ clientId }) => clientId),
      now,
    );
    const outcomes = new Map<string, AutoinvoiceOutcome>([
      ...missed.map(({ clientId }) => [clientId, { kind: 'too_many_missed' }] as const),
      ...caughtUp.map(({ clientId, ends }) => {
        const own = invoices.filter((invoice) => invoice.clientId === clientId);
        return [clientId, { kind: 'invoiced', periods: ends.length, invoices: own }] as const;
      }),
    ]);
    return recordedAll(
      clientIds.map((id) => outcomes.get(id) ?? { kind: 'not_due' }),
      invoices.map((invoice) => invoiceEntry('invoice.issue', null, null, invoice)),
    );
  });
}

async function findDue(
  tx: Transaction,
  accounts: ReadonlyMap<string, InvoicingAccount>,
  now: number,
): Promise<DueClient[]> {
  const termsOf = await readAutoinvoicing(tx, [...accounts.keys()]);
  return [...termsOf].flatMap(([clientId, terms]): DueClient[] => {
    const account = accounts.get(clientId);
    if (!account) return [];
    const start = account.periodsFrom ?? nextPeriodStart(account);
    const ends = duePeriods(terms, start, now);
    return ends.length === 0 ? [] : [{ clientId, terms, start, ends }];
  });
}

/** Invoices the first period of each client, then the second of those that have one, and so on. */
async function invoicePeriods(
  tx: Transaction,
  requester: Requester,
  due: readonly DueClient[],
  locked: ReadonlyMap<string, InvoicingAccount>,
): Promise<InvoiceRow[]> {
  const periods = due.reduce((all, { ends }) => all + ends.length, 0);
  if (due.length > 1 && periods > maxPeriodsTogether) {
    throw new DomainError('conflict', 'the clients have many periods to invoice: each needs its own transaction');
  }
  const invoices: InvoiceRow[] = [];
  for (let nth = 0; ; nth++) {
    const left = due.filter(({ ends }) => ends.length > nth);
    if (left.length === 0) return invoices;
    // Read for each period: the one before has moved the mark.
    const accounts =
      nth === 0
        ? locked
        : await readInvoicingAccounts(
            tx,
            requester.scope.resellerId,
            left.map(({ clientId }) => clientId),
          );
    invoices.push(...(await invoiceNthPeriod(tx, requester, left, nth, accounts)));
  }
}

/** @returns the invoices of the clients that have lines; the marks of the others were moved to the ends of their periods */
async function invoiceNthPeriod(
  tx: Transaction,
  requester: Requester,
  due: readonly DueClient[],
  nth: number,
  accounts: ReadonlyMap<string, InvoicingAccount>,
): Promise<InvoiceRow[]> {
  const drafts = await openDrafts(
    tx,
    requester,
    due.map(({ clientId, ends }) => {
      const account = accounts.get(clientId);
      if (!account) throw new Error('a client that is locked is not there');
      const wish = {
        ...{ periodEnd: new Date(ends[nth] ?? NaN), description: null, review: false, lines: [], requestId: null },
        origin: 'auto' as const,
      };
      return { account, wish };
    }),
  );
  const issuedAt = requester.now;
  const issued = await issueDrafts(
    tx,
    requester,
    drafts.map((open, index) => ({
      ...open,
      order: { issuedAt, expectedTotal: null, allowEmpty: due[index]?.terms.issueEmpty ?? false },
    })),
  );
  const empty = drafts.filter((_, index) => !issued[index]);
  await deleteDraftRows(
    tx,
    empty.map(({ draft }) => draft.id),
  );
  await moveInvoicedMarks(
    tx,
    empty.map(({ account, draft }) => ({
      clientId: account.clientId,
      mark: { until: draft.periodEnd.getTime(), seq: account.seq },
    })),
  );
  return issued.filter((invoice) => invoice !== null);
}
