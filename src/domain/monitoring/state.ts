import { hourMs } from '../durations.js';
import type { CapacityDecision } from './actions/capacity.js';
import type { RuleEffect } from './actions/effects.js';
import type { SilenceWindow } from '../silences/silence-window.js';
import type { ClientState } from './client-state.js';
import type { CounterReset } from './rule-state.js';
import type { Verdict } from './evaluate.js';
import type { EvaluationKind, RuleStates } from './rule-state.js';
import type { RuleDefinition } from './rule-definition.js';
import type { MultiRulePolicy } from './rules.js';
import type { Schedule } from './schedule.js';

/**
 * Everything one monitor knows: plain, immutable values that survive JSON unchanged. Only `step` makes a new one.
 * Instants are ms since 1970, UTC, whole seconds; amounts are decimal strings; no addresses.
 */
export interface MonitorState {
  readonly version: typeof stateVersion;
  readonly clientId: string;
  /** workflow runs before this one */
  readonly runs: number;
  /** null: not read yet */
  readonly config: MonitorConfig | null;
  readonly schedule: Schedule;
  readonly rules: RuleStates;
  /** of the last evaluation, with the outcomes of its notifications */
  readonly verdicts: readonly Verdict[];
  /** the capacity that was decided last; null: its rule was never low */
  readonly capacity: CapacityDecision | null;
  /** instant of the last evaluation; null: none yet */
  readonly evaluatedAt: number | null;
  readonly lastCheckAt: number | null;
  readonly clientState: ClientState;
  /** the client's status is `stop` */
  readonly isStopped: boolean;
  /** who paused the monitor; null: it is not paused */
  readonly pausedBy: string | null;
  /** rule key, or `*` for all, to the instant at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
  /** what the database last said; null: not read yet */
  readonly observed: ObservedClient | null;
  /** the scheduled or active grant, kept so that its changes can be notified; null: none */
  readonly grant: GrantTimes | null;
  /** reads in a row that found the balance unknown */
  readonly unknownReads: number;
  /** requests of people that the next evaluation applies, in their order */
  readonly requests: readonly MonitorRequest[];
  /** decisions that are not in the database yet, in their order */
  readonly records: readonly MonitorRecord[];
  /** the read model does not show this state yet */
  readonly isUnpublished: boolean;
  /** live balances at which the ledger signals the monitor */
  readonly wakeBounds: WakeBounds;
  /** the earliest wake other than the next check, as of the last evaluation; null: none */
  readonly nextWakeAt: number | null;
  readonly retry: Retry;
  /** an evaluation that has to be made at once, because a canceled notification has ended; null: none */
  readonly evaluationDue: EvaluationKind | null;
  /** the event of a missing exchange rate is open, and no rate was seen since */
  readonly isRateMissing: boolean;
  /**
   * the first notification of each rule that is low when it is first decided counts as already sent; absent from the
   * evaluation on that decided all rules
   */
  readonly countsFirst?: true;
}

/** A copy of a state that one step fills in before it returns it: copying it once is most of what a check costs. */
export type StateDraft = { -readonly [Key in keyof MonitorState]: MonitorState[Key] };

/** A state of another version is ignored: its monitor restores what the read model holds. */
export const stateVersion = 4;

/** Why an evaluation runs. `change`: anything that a rule depends on changed, or a period ended. */
export type EvaluationCause = 'scheduled' | 'manual' | 'change';

/** What the monitor needs of its client's configuration; read again only when `version` changed. */
export interface MonitorConfig {
  readonly version: string;
  readonly resellerId: string;
  readonly intervalMs: number;
  readonly whenSeveral: MultiRulePolicy;
  readonly unlimited: boolean;
  readonly rules: readonly RuleDefinition[];
  /** the client's origination capacity while no rule lowers it; absent: no limit */
  readonly normalCapacity?: number;
  /** silences over many clients that cover this one and have not ended, merged; absent: none */
  readonly silenceWindows?: readonly SilenceWindow[];
  /** the grant that is scheduled or active; null: none */
  readonly grant: GrantTimes | null;
  /** by rule key, the last episode in which a notification was claimed; rules that never notified are left out */
  readonly episodes: Readonly<Record<string, number>>;
  readonly options: MonitorOptions;
}

export interface MonitorOptions {
  readonly continueAfterEvents: number;
  readonly continueAfterChecks: number;
  /** 0 to 1 */
  readonly spreadShare: number;
  readonly spreadMaxMs: number;
  /** base address of the web page, for links in Temporal UI; null: none */
  readonly publicUrl?: string | null;
}

/** A temporary credit that is scheduled or active. */
export interface GrantTimes {
  readonly id: string;
  /** number within the client: with kind and version it identifies a notification forever */
  readonly seq: number;
  readonly version: number;
  readonly amount: string;
  readonly from: number;
  readonly until: number;
  /** when the client is notified of the end; null: the grant is too short for that */
  readonly warnAt: number | null;
  readonly started: boolean;
  readonly warned: boolean;
}

/** One client at one instant, as the database said. Fields that say nothing are left out: histories hold this. */
export interface ObservedClient {
  /** absent: the balance is unknown */
  readonly live?: string;
  /** permanent credit limit; absent: 0 */
  readonly credit?: string;
  /** temporary credit active at the instant; absent: 0 */
  readonly temporary?: string;
  /** absent: 1; null: no exchange rate */
  readonly rate?: string | null;
  /** sequence of the last refill */
  readonly refills: number;
  /** instant of the last charge, or of the client's creation */
  readonly chargedAt: number;
  readonly status?: 'stop' | 'deleted';
}

export interface CountedNotification {
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  readonly decidedAt: number;
}

/** What the database holds of a monitor whose run was lost. */
export interface StoredMonitor {
  readonly nextCheckAt: number | null;
  readonly lastCheckAt: number | null;
  readonly rules: RuleStates;
  /** the last notification of each rule that reached a server: it counts, later ones are decided again */
  readonly counted: readonly CountedNotification[];
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  readonly capacity: CapacityDecision | null;
}

export const actorSources = ['api', 'web', 'cli', 'temporal', 'job', 'system', 'panel'] as const;

/** Who acts, through which interface; ids only, no addresses. */
export interface Actor {
  /** `key:<id>`, `user:<id>`, `client:<id>` (in the client panel), `temporal`, `system` */
  readonly id: string;
  readonly source: (typeof actorSources)[number];
  readonly requestId?: string;
}

/** Does what is due by the clock. */
export const systemActor: Actor = { id: 'system', source: 'system' };

/** What a person asks of a monitor. `id` names the request until it is answered. */
export type MonitorRequest = {
  readonly id: string;
  /** the caller's own id of the request; repeated, it is recorded once */
  readonly requestId?: string;
  readonly actor: Actor;
} & (
  | { readonly kind: 'checkNow'; readonly reason?: string }
  | { readonly kind: 'resetRule'; readonly rule: string; readonly reason: string }
  /** `rule` absent: all rules; `until` null: the silence ends now */
  | { readonly kind: 'silence'; readonly rule?: string; readonly until: number | null; readonly reason: string }
  | { readonly kind: 'pause' | 'resume'; readonly reason: string }
);

/** What a person did to a monitor: one row of the audit log. */
export interface MonitorAction {
  /** `monitor.pause`, `monitor.resume`, `monitor.silence`, `rule.reset`, `monitor.check` */
  readonly name: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** the request of which it is the outcome: recorded once, however often it is repeated */
  readonly updateId: string;
}

/**
 * A decision that must be written: a row of the check history, an audit row, what a rule did, or several of them. It is known by what it says, an
 * action by its request. A number would not do: when the worker dies between the write and the end of its task, the
 * task is executed again and may give the number to another decision.
 */
export interface MonitorRecord {
  readonly at: number;
  /** absent: no row of the check history */
  readonly check?: RecordedCheck;
  readonly action?: MonitorAction;
  /** what an evaluation did besides emails, in its order; absent: nothing */
  readonly effects?: readonly RuleEffect[];
  /** the request that is answered once the record is written */
  readonly requestId?: string;
}

export interface RecordedCheck {
  readonly cause: EvaluationCause;
  readonly state: ClientState;
  readonly available: string | null;
  readonly verdicts: readonly Verdict[];
  /** counters that this evaluation set to 0; absent: none */
  readonly resets?: readonly CounterReset[];
}

/** The ledger signals the monitor when the live balance is at most `below` or at least `above`; null: never. */
export interface WakeBounds {
  readonly below: string | null;
  readonly above: string | null;
}

/** When what the database or an activity could not do is retried; null: no retry is due. */
interface Retry {
  readonly readAt: number | null;
  readonly readFailures: number;
  readonly publishAt: number | null;
  readonly publishFailures: number;
  readonly creditAt: number | null;
  readonly creditFailures: number;
}

export const noRetry: Retry = {
  readAt: null,
  readFailures: 0,
  publishAt: null,
  publishFailures: 0,
  creditAt: null,
  creditFailures: 0,
};

export const noWakeBounds: WakeBounds = { below: null, above: null };

/** Check interval until the configuration is read. */
const provisionalIntervalMs = hourMs;

/** The state of a monitor that starts at `now`: its first check is due at once. */
export function initialState(clientId: string, now: number): MonitorState {
  return {
    version: stateVersion,
    clientId,
    runs: 0,
    config: null,
    schedule: { lastSlotAt: now, isFirst: true, intervalMs: provisionalIntervalMs, spreadMs: 0 },
    rules: {},
    verdicts: [],
    capacity: null,
    evaluatedAt: null,
    lastCheckAt: null,
    clientState: 'unknown',
    isStopped: false,
    pausedBy: null,
    silences: {},
    observed: null,
    grant: null,
    unknownReads: 0,
    requests: [],
    records: [],
    isUnpublished: true,
    wakeBounds: noWakeBounds,
    nextWakeAt: null,
    retry: noRetry,
    evaluationDue: null,
    isRateMissing: false,
  };
}

/** What one run hands to the next, which continues from there without reading anything. */
export function toCarriedState(state: MonitorState): MonitorState {
  return { ...state, runs: state.runs + 1 };
}
