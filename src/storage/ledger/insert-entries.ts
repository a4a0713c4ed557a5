import type { Fragment } from 'postgres';
import { kindsOf } from '../../domain/ledger/entry-kinds.js';
import { namedId, type EntryRow } from '../../domain/ledger/entry.js';
import type { Decision } from '../../domain/ledger/ledger-entries.js';
import { formatMoney } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';

/** Inserts the new entries and moves the balances, in one statement; rows by their place in the batch. */
export async function insertEntries(
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
            account_id: decision.entry.accountId ?? null,
            transfer_id: decision.entry.transfer?.id ?? null,
            internal: decision.entry.transfer?.internal ?? false,
            names_id: namedId(decision.entry),
          },
        ]
      : [],
  );
  if (fresh.length === 0) return new Map();
  // statement_timestamp, for the transaction may have waited for its locks since it began.
  const rows = await tx<(EntryRow & { n: number })[]>`
    with fresh as (
      select f.n, f.client_id, f.kind, f.external_id, f.amount, f.currency, f.live_after, f.source, f.note, f.account_id,
        f.transfer_id, f.internal, f.names_id,
        m.recorded_at, f.occurred_at is null as undated, to_second(coalesce(f.occurred_at, m.recorded_at)) as occurred_at,
        b.seq + row_number() over (partition by f.client_id order by f.n) as seq
      from jsonb_to_recordset(${tx.json(fresh)}) as f(
        n integer, client_id bigint, kind text, external_id text, amount numeric, currency text,
        occurred_at timestamptz, live_after numeric, source text, note text, account_id bigint, transfer_id bigint,
        internal boolean, names_id bigint)
      cross join (select coalesce(${now === undefined ? null : new Date(now)}::timestamptz, statement_timestamp()) as recorded_at) m
      cross join balances b where b.client_id = f.client_id
    ),
    inserted as (
      insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, recorded_at, live_after, source, note,
        seq, account_id, transfer_id, internal, names_id)
      select client_id, kind, external_id, amount, currency, occurred_at, undated, recorded_at, live_after, source, note,
        seq, account_id, transfer_id, internal, names_id
      from fresh order by n
      returning *
    ),
    moved as (
      update balances b set
        live = b.live + m.live,
        fixed = b.fixed + m.fixed,
        seq = b.seq + m.entries,
        refill_seq = b.refill_seq + m.refills,
        last_refill_at = greatest(b.last_refill_at, m.refilled_at),
        last_charge_at = greatest(b.last_charge_at, m.charged_at)
      from (
        select client_id,
          coalesce(sum(amount) filter (where kind = any(${kindsOf('live')})), 0) as live,
          coalesce(sum(amount) filter (where kind = any(${kindsOf('fixed')})), 0) as fixed,
          count(*) as entries,
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
  return q`e.id, e.client_id as "clientId", e.reseller_id as "resellerId", e.kind, e.external_id as "externalId", e.amount, e.currency,
    e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.undated,
    e.live_after as "liveAfter", e.source, e.note, e.account_id as "accountId", e.transfer_id as "transferId", e.names_id as "namesId"`;
}
