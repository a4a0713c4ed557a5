import type { Fragment } from 'postgres';
import type { DomainError } from '../../domain/errors.js';
import {
  cutToSecond,
  postedEntry,
  type EntryRow,
  type KnownEntry,
  type NewEntry,
  type PostedEntry,
} from '../../domain/ledger/entry.js';
import { clientsToSignal, decideEntries, type Account, type Decision } from '../../domain/ledger/ledger-entries.js';
import type { Micros } from '../../domain/money.js';
import { sqlStateOf, type Transaction } from '../system/database.js';
import { payableInvoices, settleWithPayments } from '../invoicing/settlement.js';
import { lockNamedAccounts, moveAccounts } from '../accounts/account-balances.js';
import { enqueueSignal } from '../monitoring/outbox.js';
import { entryColumns, insertEntries } from './insert-entries.js';
import { inTransaction } from '../system/transaction.js';
import { visibleClient } from '../system/tenancy.js';

/**
 * Writing the ledger. An entry, the running balances and the signal for the monitor are one transaction; the
 * balance rows are locked first, in the order of client ids, then the accounts that entries name, in the order of
 * theirs, so that writers wait for each other and never deadlock.
 */

export interface PostOptions {
  /** the moment of recording, ms; for replaying a story at other times. Default: the database's clock */
  readonly now?: number;
  /** clients outside of this reseller's subtree count as unknown */
  readonly withinReseller?: string;
}

/** Outcome of one entry of a batch. */
export type PostResult =
  { readonly ok: true; readonly entry: PostedEntry } | { readonly ok: false; readonly error: DomainError };

/**
 * Posts one entry within the transaction of another change. To record entries on their own, call the services
 * (services/ledger/record-entries.ts), which also say what is refused.
 */
export async function postEntry(tx: Transaction, entry: NewEntry, options: PostOptions = {}): Promise<PostedEntry> {
  const [posted] = await postEntries(tx, [entry], options);
  if (!posted) throw new TypeError('a posted entry has a row');
  return posted;
}

async function postEntries(
  tx: Transaction,
  entries: readonly NewEntry[],
  options: PostOptions = {},
): Promise<PostedEntry[]> {
  // In a savepoint: a race must not end the transaction around it.
  const results = await retryRaces(() => inTransaction(tx, (inner) => writeEntries(inner, entries, options, 'all')));
  return results.map((result) => {
    if (!result.ok) throw result.error;
    return result.entry;
  });
}

/** What a client had before it came. */
export interface OpeningBalance {
  readonly clientId: string;
  readonly amount: Micros;
  readonly currency: string;
}

/** Records what clients had before they came, as adjustments; none for zero. Posted once, also when repeated. */
export async function postOpeningBalances(
  tx: Transaction,
  openings: readonly OpeningBalance[],
  source: string,
): Promise<PostedEntry[]> {
  const entries = openings
    .filter(({ amount }) => amount !== 0n)
    .map((opening): NewEntry => {
      const fixed = { kind: 'adjustment', externalId: 'opening', note: 'opening balance' } as const;
      return { ...opening, ...fixed, source };
    });
  return entries.length === 0 ? [] : postEntries(tx, entries);
}

/**
 * Repeats a transaction that posts where another client's payment took one of the ids at this moment: now it is there
 * to be compared with.
 */
export async function retryRaces<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === 3 || !isRace(error)) throw error;
    }
  }
}

/** unique_violation, deadlock_detected */
function isRace(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '23505' || state === '40P01';
}

/**
 * Writes a batch: what is new of it, the balances, and the signals to the monitors. With `all`, the first entry that is
 * refused is thrown before anything is written; with `each`, it harms no other.
 */
export async function writeEntries(
  tx: Transaction,
  entries: readonly NewEntry[],
  options: PostOptions,
  mode: 'all' | 'each',
): Promise<PostResult[]> {
  const accounts = withPayable(
    await lockAccounts(tx, entries, options.withinReseller),
    await payableInvoices(tx, entries.filter(namesInvoice)),
  );
  // A separate statement: only after the locks does it see what other writers have committed.
  const known = await sameIds(tx, entries, accounts);
  const named = await lockNamedAccounts(tx, entries);
  const decisions = decideEntries(entries.map(cutToSecond), accounts, known, options.now ?? Date.now(), named);
  const refused = decisions.find((decision) => 'refused' in decision);
  if (mode === 'all' && refused && 'refused' in refused) throw refused.refused;
  const written = await insertEntries(tx, decisions, options.now);
  await moveAccounts(
    tx,
    decisions.flatMap((decision) => ('fresh' in decision ? [decision.entry] : [])),
  );
  await settleWithPayments(tx, paymentsOf(decisions, written));
  await enqueueSignal(tx, clientsToSignal(decisions, accounts), 'balanceChanged');
  return decisions.map((decision, index) => resultOf(decision, index, written));
}

function namesInvoice(entry: NewEntry): entry is NewEntry & { readonly invoiceId: string } {
  return entry.invoiceId !== undefined;
}

/** @param payable issued invoices as `client invoice` */
function withPayable(accounts: Map<string, Account>, payable: ReadonlySet<string>): Map<string, Account> {
  return new Map([...accounts].map(([id, account]) => [id, { ...account, payable }]));
}

function paymentsOf(
  decisions: readonly Decision[],
  written: ReadonlyMap<number, EntryRow>,
): Parameters<typeof settleWithPayments>[1] {
  return [...written].flatMap(([index, { id, clientId, kind, recordedAt }]) => {
    const decision = decisions[index];
    if (kind !== 'payment' || !decision || !('fresh' in decision)) return [];
    return [{ entryId: id, clientId, invoiceId: decision.entry.invoiceId ?? null, at: recordedAt }];
  });
}

function resultOf(decision: Decision, index: number, written: ReadonlyMap<number, EntryRow>): PostResult {
  if ('refused' in decision) return { ok: false, error: decision.refused };
  if ('known' in decision) return { ok: true, entry: postedEntry(decision.known, true) };
  const row = written.get('repeats' in decision ? decision.repeats : index);
  if (!row) throw new TypeError('an accepted entry has a row');
  return { ok: true, entry: postedEntry(row, 'repeats' in decision) };
}

async function lockAccounts(
  tx: Transaction,
  entries: readonly NewEntry[],
  withinReseller: string | undefined,
): Promise<Map<string, Account>> {
  const ids = [...new Set(entries.map(({ clientId }) => clientId))].filter((id) => /^\d{1,18}$/.test(id));
  const rows = await tx<Account[]>`
    select b.client_id as "clientId", c.reseller_id as "resellerId", c.currency, c.status, b.live, b.wake_below as "wakeBelow", b.wake_above as "wakeAbove", b.outstanding
    from balances b
    join clients c on c.id = b.client_id
    where b.client_id = any(${ids}::bigint[])
      and ${withinReseller === undefined ? tx`true` : visibleClient(tx, withinReseller)}
    order by b.client_id
    for no key update of b`;
  return new Map(rows.map((row) => [row.clientId, row]));
}

async function sameIds(
  tx: Transaction,
  entries: readonly NewEntry[],
  accounts: ReadonlyMap<string, Account>,
): Promise<KnownEntry[]> {
  const wanted = entries.flatMap(({ clientId, kind, externalId }) => {
    const resellerId = accounts.get(clientId)?.resellerId;
    if (resellerId === undefined) return [];
    return [{ client_id: clientId, reseller_id: resellerId, kind, external_id: externalId }];
  });
  // Two branches, for payments and the others have an index each. A payment counts where it was recorded, where its
  // client is now, and always for its own client.
  return tx<KnownEntry[]>`
    with wanted as (
      select * from jsonb_to_recordset(${tx.json(wanted)})
        as w(client_id bigint, reseller_id bigint, kind text, external_id text)
    )
    select ${entryColumns(tx)}, w.reseller_id as "inUseWithin" from wanted w
    join ledger_entries e on e.kind = 'payment' and e.external_id = w.external_id
    join clients c on c.id = e.client_id
    where w.kind = 'payment' and (e.client_id = w.client_id or w.reseller_id in (e.reseller_id, c.reseller_id))
    union
    select ${entryColumns(tx)}, null from wanted w
    join ledger_entries e on e.client_id = w.client_id and e.kind = w.kind and e.external_id = w.external_id
    where e.kind <> 'payment'
    ${wanted.some(({ kind }) => kind === 'payment') ? unseenPayments(tx) : tx``}`;
}

/**
 * Payments with one of the ids that row-level security hides from a reseller: as entries of no client, so that the id
 * is refused as one that is in use. The service sees all payments, and gets none of these.
 */
function unseenPayments(tx: Transaction): Fragment {
  return tx`
    union
    select 0, 0, null, 'payment', used.id, 0, '', to_timestamp(0), to_timestamp(0), false, 0, '', null, null, null, null, asked.reseller_id
    from (select reseller_id, array_agg(external_id) as ids from wanted where kind = 'payment' group by 1) asked,
      payment_ids_in_use(asked.reseller_id, asked.ids) as used (id)
    where not exists (
      select 1 from ledger_entries e join clients c on c.id = e.client_id
      where e.kind = 'payment' and e.external_id = used.id and asked.reseller_id in (e.reseller_id, c.reseller_id))`;
}
