import type {
  EvaluationCause,
  MonitorConfig,
  MonitorRecord,
  MonitorState,
  ObservedClient,
  StoredMonitor,
  WakeBounds,
} from '../domain/monitoring/state.js';
import type { CapacityDecision } from '../domain/monitoring/actions/capacity.js';
import type { ClientState } from '../domain/monitoring/client-state.js';
import type { Verdict } from '../domain/monitoring/evaluate.js';
import type { RuleStates } from '../domain/monitoring/rule-state.js';

/**
 * What a monitor and its activities exchange. Everything here may be part of a workflow's history: ids and small values
 * only, never an address or a rendered message. Instants are ms since 1970, UTC, whole seconds; amounts are decimal
 * strings.
 */

/** Input of the `monitor` workflow. */
export interface MonitorInput {
  readonly clientId: string;
  readonly resellerId?: string;
  /** what the run before handed over; absent: the first run, or one after a run that was lost */
  readonly state?: MonitorState;
}

export interface ObserveInput {
  readonly clientId: string;
  /** the instant at which the balance is read */
  readonly at: number;
  /** version of the configuration that the caller has; '' for none */
  readonly known: string;
  /** the workflow task that reads: the same number again and again is a task that fails after it has read */
  readonly task: number;
  /** the caller has no state yet and asks for what the read model holds of an earlier run */
  readonly restore?: true;
}

/** A scheduled check: its times are written to the read model in the statement that reads the client. */
export interface RecordCheckInput extends ObserveInput {
  readonly check: { readonly dueAt: number; readonly nextAt: number };
}

export interface ObserveResult extends ObservedClient {
  /** absent: the configuration is the one that the caller has */
  readonly config?: MonitorConfig;
  readonly stored?: StoredMonitor;
  /** with `restore`: the first notification of each low rule counts as already sent */
  readonly countsFirst?: true;
}

/** The state that lists and pages show, with the decisions that are not in the database yet. */
export interface PublishInput {
  readonly clientId: string;
  readonly at: number;
  readonly state: ClientState;
  readonly nextCheckAt: number;
  /** the earliest wake other than the next check; null: none */
  readonly nextWakeAt: number | null;
  readonly lastCheckAt: number | null;
  readonly rules: RuleStates;
  readonly verdicts: readonly Verdict[];
  readonly available: string | null;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  /** live balances at which the ledger signals the monitor; null: the balance is unknown, the bounds stay as they were */
  readonly wake: WakeBounds | null;
  /** the first notification of each low rule still has to be counted; absent: it was, or is sent */
  readonly countsFirst?: true;
  /** written in their order, each once */
  readonly records: readonly MonitorRecord[];
  /** the current capacity; absent: its rule was never low */
  readonly capacity?: CapacityDecision;
}

/** Why a check ran: `scheduled`, `manual`, or `change` of anything that a rule depends on. */
export type CheckKind = EvaluationCause;
