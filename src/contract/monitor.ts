import type {
  EvaluationCause,
  MonitorConfig,
  MonitorRecord,
  MonitorState,
  ObservedClient,
  StoredMonitor,
  WakeBounds,
  Actor,
} from '../domain/monitoring/state.js';
import type { ClientState } from '../domain/monitoring/client-state.js';
import type { Verdict } from '../domain/monitoring/evaluate.js';
import type { GrantStatus } from '../domain/grants.js';
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
  /** written in their order, each once */
  readonly records: readonly MonitorRecord[];
}

/** Why a check ran: `scheduled`, `manual`, or `change` of anything that a rule depends on. */
export type CheckKind = EvaluationCause;

/** The step of a temporary credit that is due. Idempotent: the database knows what was done. */
export interface AdvanceGrantInput {
  readonly clientId: string;
  readonly grantId: string;
  readonly step: 'start' | 'warn' | 'revert';
  readonly at: number;
}

export interface AdvanceGrantResult {
  /** the step is done, by this attempt or one before; false: the credit was changed, so that it is not due */
  readonly done: boolean;
  readonly version: number;
}

/** A payment that a payment system signals to the monitor itself. */
export interface RefilledSignal {
  readonly paymentId: string;
  /** positive decimal string */
  readonly amount: string;
  readonly currency: string;
  /** RFC 3339; absent: now */
  readonly at?: string;
}

export interface RecordRefillInput extends RefilledSignal {
  readonly clientId: string;
  readonly receivedAt: number;
}

/** What a run of the reconcile Schedule found to do. */
export interface ReconcileReport {
  /** unhealthy monitors that got a signal, which starts those that are missing */
  readonly signaled: number;
  /** monitors of deleted clients, signaled to end */
  readonly ended: number;
  /** monitors that were unhealthy in an earlier run already */
  readonly stuck: number;
  /** runs that were replaced because their workflow tasks kept failing */
  readonly replaced: number;
}

export interface CheckNowInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly actor: Actor;
  readonly reason?: string;
}

export interface CheckNowResult {
  readonly at: number;
  readonly state: ClientState;
  readonly available: string | null;
  readonly verdicts: readonly Verdict[];
}

/** The granter's own maximum, as strings; absent: no bound. */
export interface CapInput {
  readonly maxAmount?: string;
  readonly maxPercent?: string;
  readonly maxDays?: number;
}

export interface GrantCreditInput {
  /** the same id is the same request, also after continue-as-new */
  readonly requestId: string;
  readonly amount?: string;
  readonly percent?: string;
  /** RFC 3339; absent: now */
  readonly from?: string;
  readonly validUntil: string;
  readonly reason: string;
  readonly cap?: CapInput;
  readonly actor: Actor;
}

export interface ChangeGrantInput {
  readonly requestId: string;
  readonly grantId: string;
  readonly amount?: string;
  readonly percent?: string;
  readonly validUntil?: string;
  /** refuse when the grant is no longer at this version */
  readonly ifVersion?: number;
  readonly reason: string;
  readonly cap?: CapInput;
  readonly actor: Actor;
}

export interface CancelGrantInput {
  readonly requestId: string;
  readonly grantId: string;
  readonly ifVersion?: number;
  readonly reason: string;
  readonly actor: Actor;
}

/** A grant as every face shows it. */
export interface GrantView {
  readonly id: string;
  readonly clientId: string;
  readonly amount: string;
  readonly percent: string | null;
  readonly currency: string;
  /** RFC 3339 */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly status: GrantStatus;
  readonly reason: string;
  readonly grantedBy: string;
  readonly version: number;
}

/** A grant with what the monitor needs beside. */
export interface GrantRecord extends GrantView {
  readonly seq: number;
}

export interface ResetRuleInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly rule: string;
  readonly reason: string;
  readonly actor: Actor;
}

export interface SilenceInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  /** a rule's key; absent: all rules */
  readonly rule?: string;
  /** RFC 3339; null ends the silence now */
  readonly until: string | null;
  readonly reason: string;
  readonly actor: Actor;
}

export interface PauseInput {
  /** the same id is the same request, also after continue-as-new; best the id of the update */
  readonly requestId?: string;
  readonly reason: string;
  readonly actor: Actor;
}
