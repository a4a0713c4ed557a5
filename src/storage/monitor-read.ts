import type { PackedRuleState } from '../contract/monitor.js';
import type { Verdict } from '../domain/evaluate.js';
import type { StateWord } from '../domain/state-word.js';
import type { Queries } from './database.js';

/** What a monitor last told the read model. */
export interface MonitorRow {
  readonly state: StateWord;
  readonly stateSince: Date;
  readonly lastCheckAt: Date | null;
  readonly nextCheckAt: Date | null;
  /** in the client's currency; null: unknown, or not looked yet */
  readonly available: string | null;
  readonly rules: Readonly<Record<string, PackedRuleState>>;
  readonly verdicts: readonly Verdict[];
  readonly pausedBy: string | null;
  /** rule key, or `*` for all, to the instant in ms at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
  readonly seenAt: Date;
  /** mails that are being made ready, sent or tried again */
  readonly pendingDeliveries: number;
}

/** Null: the client has no monitor's row. */
export async function readMonitorRow(q: Queries, clientId: string): Promise<MonitorRow | null> {
  const [row] = await q<MonitorRow[]>`
    select state, state_since as "stateSince", last_check_at as "lastCheckAt", next_check_at as "nextCheckAt", available,
      rules, verdicts, paused_by as "pausedBy", silences, seen_at as "seenAt",
      (select count(*)::int from notifications n where n.client_id = m.client_id
        and n.status in ('claimed', 'sending', 'handing_over', 'retrying')) as "pendingDeliveries"
    from monitors m where client_id = ${clientId}`;
  return row ?? null;
}
