import { minuteMs } from '../durations.js';
import { DomainError } from '../errors.js';
import { moneyOf, moneyWithCurrency, type Micros } from '../money.js';
import { namedId, type EntryRow, type KnownEntry, type NewEntry } from './entry.js';
import { kindSpecs, type EntryKind } from './entry-kinds.js';
import { accountRefusal, type NamedAccount } from './named-account.js';

/**
 * What the ledger accepts, decided without the database: an entry is new, known already, or refused with a reason.
 */

/** A client's account, its balance row locked. */
export interface Account {
  readonly clientId: string;
  readonly resellerId: string;
  readonly currency: string;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly live: string;
  readonly wakeBelow: string | null;
  readonly wakeAbove: string | null;
  /** due by its invoices; absent: nothing */
  readonly outstanding?: string;
  /** the invoices that payments may name, as `client invoice`; absent: none is named */
  readonly payable?: ReadonlySet<string>;
}

/** The outcome of one entry; `repeats` is the place of the one of the batch that brought it first. */
export type Decision =
  | { readonly fresh: true; readonly entry: NewEntry; readonly liveAfter: Micros }
  | { readonly known: EntryRow }
  | { readonly repeats: number }
  | { readonly refused: DomainError };

/** Longest time by which an entry may lie in the future: clocks differ. */
const futureToleranceMs = 5 * minuteMs;

/**
 * Decides a batch in its order.
 *
 * @param known the rows of the table that have the same ids
 * @param named the accounts under clients that the entries name
 */
export function decideEntries(
  entries: readonly NewEntry[],
  accounts: ReadonlyMap<string, Account>,
  known: readonly KnownEntry[],
  nowMs: number,
  named: ReadonlyMap<string, NamedAccount> = new Map(),
): Decision[] {
  const stored = new Map(known.flatMap((row) => identitiesOf(row).map((key) => [key, row])));
  const first = new Map<string, number>();
  const live = new Map<string, Micros>();
  const outstanding = new Map<string, Micros>();
  return entries.map((entry, index): Decision => {
    const account = accounts.get(entry.clientId);
    if (!account)
      return {
        refused: new DomainError('not_found', 'the client does not exist, or you don’t have access to it', '/clientId'),
      };
    const key = identity(entry, account.resellerId);
    const row = stored.get(ownIdentity(entry)) ?? stored.get(key);
    if (row) return sameAsRow(entry, row) ? { known: row } : { refused: idTaken(entry.kind) };
    const earlier = first.get(key);
    if (earlier !== undefined) {
      return sameAsEntry(entry, entries[earlier]) ? { repeats: earlier } : { refused: idTaken(entry.kind) };
    }
    const due = outstanding.get(entry.clientId) ?? moneyOf(account.outstanding ?? '0');
    const refused =
      deletedRefusal(entry, account, due) ?? refusal(entry, account, nowMs) ?? accountRefusal(entry, named);
    if (refused) return { refused };
    first.set(key, index);
    if (entry.kind === 'payment') outstanding.set(entry.clientId, due - entry.amount);
    const before = live.get(entry.clientId) ?? moneyOf(account.live);
    const liveAfter = movesLive(entry) ? before + entry.amount : before;
    live.set(entry.clientId, liveAfter);
    return { fresh: true, entry, liveAfter };
  });
}

/** A transfer within a client moves its accounts only. */
function movesLive({ kind, transfer }: NewEntry): boolean {
  return kindSpecs[kind].live && transfer?.internal !== true;
}

/** What two entries with the same id share: one of them is refused, or is the other one repeated. */
function identity(entry: Pick<NewEntry, 'clientId' | 'kind' | 'externalId'>, resellerId: string): string {
  return entry.kind === 'payment' ? `payment\nof ${resellerId}\n${entry.externalId}` : ownIdentity(entry);
}

/** A client keeps its payments when it moves to a reseller where another client has a payment with the same id. */
function ownIdentity({ clientId, kind, externalId }: Pick<NewEntry, 'clientId' | 'kind' | 'externalId'>): string {
  return `${kind}\n${clientId}\n${externalId}`;
}

function identitiesOf(row: KnownEntry): string[] {
  return row.inUseWithin === null ? [ownIdentity(row)] : [ownIdentity(row), identity(row, row.inUseWithin)];
}

/** What settles the invoices of a deleted client, or takes such a settlement back, is recorded. */
const kindsOfDeleted: readonly EntryKind[] = ['payment', 'credit_note', 'reversal'];

function deletedRefusal(entry: NewEntry, account: Account, due: Micros): DomainError | null {
  if (account.status !== 'deleted') return null;
  const { kind, amount, currency } = entry;
  if (kindsOfDeleted.includes(kind) && (kind !== 'payment' || (amount <= due && (entry.accountId ?? null) === null)))
    return null;
  if (kind !== 'payment' || due <= 0n || currency !== account.currency) {
    return new DomainError('client_deleted', 'the client is deleted and accepts no ledger entries', '/clientId');
  }
  return new DomainError(
    'client_deleted',
    `the client is deleted: a payment may be up to ${moneyWithCurrency(due, currency)}, what its invoices leave due, and ` +
      'names no account; restore the client to record another one',
    '/amount',
  );
}

function refusal(entry: NewEntry, account: Account, nowMs: number): DomainError | null {
  if (entry.currency !== account.currency) {
    return new DomainError(
      'currency_mismatch',
      `the client is billed in ${account.currency}: convert the amount and post it in ${account.currency}`,
      '/currency',
    );
  }
  const { clientId, invoiceId } = entry;
  if (invoiceId !== undefined && !account.payable?.has(`${clientId} ${invoiceId}`)) {
    return new DomainError('not_found', `the client has no issued invoice ${invoiceId}`, '/invoiceId');
  }
  const { sign } = kindSpecs[entry.kind];
  if (entry.amount === 0n || (sign > 0 && entry.amount < 0n) || (sign < 0 && entry.amount > 0n)) {
    return new DomainError(
      'invalid',
      `the amount of ${nameOf(entry.kind)} must ${sign === 0 ? 'not be zero' : 'be above zero'}`,
      '/amount',
    );
  }
  if ((entry.occurredAt ?? 0) > nowMs + futureToleranceMs) {
    return new DomainError(
      'invalid',
      'the time must be up to 5 minutes in the future: check the clock and the time zone',
      '/at',
    );
  }
  if ((entry.occurredAt ?? 0) < 0) {
    return new DomainError(
      'invalid',
      'the time must be in 1970 or later: check the clock and the format of the time',
      '/at',
    );
  }
  return null;
}

function nameOf(kind: EntryKind): string {
  return kind === 'adjustment' || kind === 'invoice' ? `an ${kind}` : `a ${kind.replace('_', ' ')}`;
}

function sameAsRow(entry: NewEntry, row: EntryRow): boolean {
  return (
    row.clientId === entry.clientId &&
    row.accountId === (entry.accountId ?? null) &&
    moneyOf(row.amount) === entry.amount &&
    row.currency === entry.currency &&
    saysSame(entry, {
      source: row.source,
      occurredAt: row.undated ? null : row.occurredAt.getTime(),
      note: row.note,
      namesId: row.namesId,
    })
  );
}

function sameAsEntry(entry: NewEntry, earlier: NewEntry | undefined): boolean {
  return (
    earlier?.clientId === entry.clientId &&
    (earlier.accountId ?? null) === (entry.accountId ?? null) &&
    earlier.amount === entry.amount &&
    earlier.currency === entry.currency &&
    saysSame(entry, saidBy(earlier))
  );
}

/** What a request may leave out. */
interface Said {
  readonly source: string;
  readonly occurredAt: number | null;
  readonly note: string | null;
  readonly namesId: string | null;
}

/**
 * One source repeats all that it said. Two sources that report the same payment know different things of it: what only one of
 * them says is not compared.
 */
function saysSame(entry: NewEntry, earlier: Said): boolean {
  const own = saidBy(entry);
  const isSame = <T>(a: T | null, b: T | null): boolean =>
    a === b || (own.source !== earlier.source && (a === null || b === null));
  return (
    isSame(own.occurredAt, earlier.occurredAt) && isSame(own.note, earlier.note) && isSame(own.namesId, earlier.namesId)
  );
}

function saidBy(entry: NewEntry): Said {
  const { source, occurredAt = null, note = null } = entry;
  return { source, occurredAt, note, namesId: namedId(entry) };
}

/** Says nothing of the other entry: it may belong to another reseller. */
function idTaken(kind: EntryKind): DomainError {
  return new DomainError(
    'conflict',
    `this id was used for another ${kind.replace('_', ' ')}: repeat that request unchanged, or choose another id`,
    '/id',
  );
}

/**
 * The clients whose monitors are signaled: a payment always does, because it resets counters; what else changes the
 * balance only when it reaches one of the bounds that the monitor registered.
 */
export function clientsToSignal(
  decisions: readonly Decision[],
  accounts: ReadonlyMap<string, Account>,
): readonly string[] {
  const signaled = new Set<string>();
  const moved = new Map<string, Micros>();
  for (const decision of decisions) {
    if (!('fresh' in decision)) continue;
    const { clientId, kind } = decision.entry;
    // It has no monitor.
    if (accounts.get(clientId)?.status === 'deleted') continue;
    if (kind === 'payment') signaled.add(clientId);
    else if (movesLive(decision.entry)) moved.set(clientId, decision.liveAfter);
  }
  for (const [clientId, live] of moved) {
    const account = accounts.get(clientId);
    if (account && reachesBound(live, account)) signaled.add(clientId);
  }
  return [...signaled];
}

function reachesBound(live: Micros, { wakeBelow, wakeAbove }: Account): boolean {
  return (wakeBelow !== null && live <= moneyOf(wakeBelow)) || (wakeAbove !== null && live >= moneyOf(wakeAbove));
}
