import type { Fragment } from 'postgres';
import type { DomainError } from '../../domain/errors.js';
import {
  clientsToSignal,
  cutToSecond,
  decideEntries,
  postedEntry,
  type Account,
  type Decision,
  type EntryRow,
  type NewEntry,
  type PostedEntry,
} from '../../domain/ledger/ledger-entries.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import { sqlStateOf, type Queries, type Transaction } from '../system/database.js';
import { enqueueSignal } from '../monitoring/outbox.js';
import { inTransaction } from '../system/transaction.js';
import { visibleClient } from '../system/visible.js';

/**
 * Writing the ledger. An entry, the running balance and what the monitor has to be told are one transaction; the
 * balance rows are locked first, in the order of client ids, so that writers wait for each other and never deadlock.
 */

export interface PostOptions {
  /** the moment of recording, ms; for replaying a story at other times. Default: the database's clock */
  readonly now?: number;
  /** clients outside of this reseller's subtree are as good as unknown */
  readonly withinReseller?: string;
}

/** What became of one entry of a batch. */
export type PostResult =
  { readonly ok: true; readonly entry: PostedEntry } | { readonly ok: false; readonly error: DomainError };

/**
 * Posts one entry within the transaction of another change. Whoever records entries for their own sake calls the services
 * (services/ledger/record-entries.ts), which also say what is refused.
 */
export async function postEntry(tx: Transaction, entry: NewEntry, options: PostOptions = {}): Promise<PostedEntry> {
  // In a savepoint: a race must not end the transaction around it.
  const [result] = await retryRaces(() => inTransaction(tx, (inner) => writeEntries(inner, [entry], options, 'all')));
  if (!result?.ok) throw result?.error ?? new TypeError('a posted entry has a row');
  return result.entry;
}

/** Records what a client had before it came, as an adjustment; nothing for zero. Posted once, whoever repeats it. */
export async function postOpeningBalance(
  tx: Transaction,
  clientId: string,
  amount: Micros,
  details: { readonly currency: string; readonly source: string; readonly now?: number },
): Promise<PostedEntry | null> {
  if (amount === 0n) return null;
  const { currency, source, now } = details;
  const entry: NewEntry = {
    clientId,
    kind: 'adjustment',
    externalId: 'opening',
    amount,
    currency,
    source,
  };
  return postEntry(tx, { ...entry, note: 'opening balance' }, now === undefined ? {} : { now });
}

/** Repeats a transaction that posts where another client's payment took one of the ids at this moment: now it is there to be compared with. */
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
  const accounts = await lockAccounts(tx, entries, options.withinReseller);
  // A statement of its own: only after the locks does it see what other writers have committed.
  const known = await sameIds(tx, entries);
  const decisions = decideEntries(entries.map(cutToSecond), accounts, known, options.now ?? Date.now());
  const refused = decisions.find((decision) => 'refused' in decision);
  if (mode === 'all' && refused && 'refused' in refused) throw refused.refused;
  const written = await writeFresh(tx, decisions, options.now);
  await enqueueSignal(tx, clientsToSignal(decisions, accounts), 'balanceChanged');
  return decisions.map((decision, index) => resultOf(decision, index, written));
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
    select b.client_id as "clientId", c.currency, c.status, b.live, b.wake_below as "wakeBelow", b.wake_above as "wakeAbove"
    from balances b
    join clients c on c.id = b.client_id
    where b.client_id = any(${ids}::bigint[])
      and ${withinReseller === undefined ? tx`true` : visibleClient(tx, withinReseller)}
    order by b.client_id
    for no key update of b`;
  return new Map(rows.map((row) => [row.clientId, row]));
}

async function sameIds(tx: Transaction, entries: readonly NewEntry[]): Promise<EntryRow[]> {
  const wanted = entries
    .filter(({ clientId }) => /^\d{1,18}$/.test(clientId))
    .map(({ clientId, kind, externalId }) => ({ client_id: clientId, kind, external_id: externalId }));
  // Two branches, for payments and the others have an index each.
  return tx<EntryRow[]>`
    with wanted as (
      select * from jsonb_to_recordset(${tx.json(wanted)}) as w(client_id bigint, kind text, external_id text)
    )
    select ${entryColumns(tx)} from ledger_entries e
    where e.kind = 'payment' and e.external_id in (select external_id from wanted where kind = 'payment')
    union
    select ${entryColumns(tx)} from wanted w
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
    select 0, 0, 'payment', used.id, 0, '', to_timestamp(0), to_timestamp(0), false, 0, '', null
    from payment_ids_in_use(array(select external_id from wanted where kind = 'payment')) as used (id)
    where not exists (select 1 from ledger_entries e where e.kind = 'payment' and e.external_id = used.id)`;
}

/** Inserts the new entries and moves the balances, in one statement; rows by their place in the batch. */
async function writeFresh(
  tx: Transaction,
  decisions: readonly Decision[],
  now: number | undefined,
): Promise<Map<number, EntryRow>> {
  const fresh = decisions.flatMap((decision, index) =>
    'fresh' in decision
      ? [
          {
            n: index,
            client_id: decision.entry.clientId,
            kind: decision.entry.kind,
            external_id: decision.entry.externalId,
            amount: formatMoney(decision.entry.amount),
            currency: decision.entry.currency,
            occurred_at: timeText(decision.entry.occurredAt),
            live_after: formatMoney(decision.liveAfter),
            source: decision.entry.source,
            note: decision.entry.note ?? null,
          },
        ]
      : [],
  );
  if (fresh.length === 0) return new Map();
  // statement_timestamp, for the transaction may have waited for its locks since it began.
  const rows = await tx<(EntryRow & { n: number })[]>`
    with fresh as (
      select f.n, f.client_id, f.kind, f.external_id, f.amount, f.currency, f.live_after, f.source, f.note,
        m.recorded_at, f.occurred_at is null as undated, to_second(coalesce(f.occurred_at, m.recorded_at)) as occurred_at
      from jsonb_to_recordset(${tx.json(fresh)}) as f(
        n integer, client_id bigint, kind text, external_id text, amount numeric, currency text,
        occurred_at timestamptz, live_after numeric, source text, note text),
      (select coalesce(${now === undefined ? null : new Date(now)}::timestamptz, statement_timestamp()) as recorded_at) m
    ),
    inserted as (
      insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, recorded_at, live_after, source, note)
      select client_id, kind, external_id, amount, currency, occurred_at, undated, recorded_at, live_after, source, note
      from fresh order by n
      returning *
    ),
    moved as (
      update balances b set
        live = b.live + m.live,
        fixed = b.fixed + m.fixed,
        refill_seq = b.refill_seq + m.refills,
        last_refill_at = greatest(b.last_refill_at, m.refilled_at),
        last_charge_at = greatest(b.last_charge_at, m.charged_at)
      from (
        select client_id,
          coalesce(sum(amount) filter (where kind <> 'invoice'), 0) as live,
          coalesce(sum(amount) filter (where kind in ('payment', 'invoice')), 0) as fixed,
          count(*) filter (where kind = 'payment') as refills,
          max(occurred_at) filter (where kind = 'payment') as refilled_at,
          max(occurred_at) filter (where kind = 'charge') as charged_at
        from fresh group by client_id
      ) m
      where b.client_id = m.client_id
    )
    select f.n, ${entryColumns(tx)} from inserted e
    join fresh f on f.client_id = e.client_id and f.kind = e.kind and f.external_id = e.external_id`;
  return new Map(rows.map((row) => [row.n, row]));
}

function timeText(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}

/** The columns of an entry `e`. */
export function entryColumns(q: Queries): Fragment {
  return q`e.id, e.client_id as "clientId", e.kind, e.external_id as "externalId", e.amount, e.currency,
    e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.undated,
    e.live_after as "liveAfter", e.source, e.note`;
}
