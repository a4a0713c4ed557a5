import type { UnhealthyReason } from '../../domain/monitoring/monitor-health.js';
import type { RuleStates } from '../../domain/monitoring/rule-state.js';
import type { Verdict } from '../../domain/monitoring/evaluate.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { BalanceError } from './balance-errors.js';
import type { Queries } from '../system/database.js';
import { isOverdue, stateNow, stateSinceNow, unhealthyReason } from './state-now.js';

/** What a monitor last published. */
export interface MonitorRow {
  /** `unhealthy` while the monitor does not proceed, whatever it published */
  readonly state: ClientState;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly overdue: boolean;
  /** null: healthy */
  readonly unhealthyReason: UnhealthyReason | null;
  /** as last published, in the client's currency; null: unknown, or not looked yet */
  readonly available: string | null;
  readonly rules: RuleStates;
  readonly verdicts: readonly Verdict[];
  readonly pausedBy: string | null;
  /** rule key, or `*` for all, to the instant in ms at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
  readonly seenAt: Date;
  /** why the balance is unknown; null: the balance source returned it at the last read */
  readonly fault: BalanceError | null;
  /** deliveries that have not ended */
  readonly pendingDeliveries: number;
}

type ReadRow = Omit<MonitorRow, 'fault'> &
  ({ readonly source: null } | ({ readonly source: BalanceError['source'] } & Omit<BalanceError, 'source'>));

/**
 * As of an instant. Null: the client has no monitor's row. The trigger `refresh_notification` writes the status of
 * notifications.
 */
export async function readMonitorRow(q: Queries, clientId: string, atMs: number): Promise<MonitorRow | null> {
  const at = new Date(atMs);
  const [row] = await q<ReadRow[]>`
    select ${stateNow(q, at)} as state, ${stateSinceNow(q, at)} as "stateSince", ${isOverdue(q, at)} as overdue,
      ${unhealthyReason(q, at)} as "unhealthyReason",
      m.last_check_at as "lastCheckAt", m.next_check_at as "nextCheckAt", m.available,
      m.rules, m.verdicts, m.paused_by as "pausedBy", m.silences, m.seen_at as "seenAt",
      f.source, f.reason, f.since,
      (select count(*)::int from notifications n join deliveries d on d.notification_id = n.id
        where n.client_id = m.client_id and n.status in ('pending', 'retrying')
          and d.status in ('claimed', 'sending', 'transmitted', 'retrying')) as "pendingDeliveries"
    from monitors m
    join clients c on c.id = m.client_id
    left join balance_faults f on f.client_id = m.client_id
    where m.client_id = ${clientId}`;
  if (!row) return null;
  return { ...row, fault: row.source && { source: row.source, reason: row.reason, since: row.since } };
}
