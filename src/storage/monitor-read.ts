import type { PackedRuleState } from '../contract/monitor.js';
import type { Verdict } from '../domain/evaluate.js';
import type { StateWord } from '../domain/state-word.js';
import type { Queries } from './database.js';
import { isOverdue, stateNow, stateSinceNow } from './state-now.js';

/** What a monitor last told the read model. */
export interface MonitorRow {
  /** `unhealthy` while the check is overdue, whatever it told */
  readonly state: StateWord;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly overdue: boolean;
  /** in the client's currency; null: unknown, or not looked yet */
  readonly available: string | null;
  readonly rules: Readonly<Record<string, PackedRuleState>>;
  readonly verdicts: readonly Verdict[];
  readonly pausedBy: string | null;
  /** rule key, or `*` for all, to the instant in ms at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
  readonly seenAt: Date;
}

/** As of an instant. Null: the client has no monitor's row. */
export async function readMonitorRow(q: Queries, clientId: string, atMs: number): Promise<MonitorRow | null> {
  const at = new Date(atMs);
  const [row] = await q<MonitorRow[]>`
    select ${stateNow(q, at)} as state, ${stateSinceNow(q, at)} as "stateSince", ${isOverdue(q, at)} as overdue,
      m.last_check_at as "lastCheckAt", m.next_check_at as "nextCheckAt", m.available,
      m.rules, m.verdicts, m.paused_by as "pausedBy", m.silences, m.seen_at as "seenAt"
    from monitors m join clients c on c.id = m.client_id where m.client_id = ${clientId}`;
  return row ?? null;
}
