import type { DeliveryOutcome, Reason, RuleState, RuleStates, Verdict } from '../domain/evaluate.js';
import type { GrantStatus } from '../domain/grants.js';
import type { RuleDefinition, SeveralPolicy, Trigger } from '../domain/rules.js';
import type { StateWord } from '../domain/state-word.js';

/**
 * What a monitor and its activities say to each other. Everything here may stand in a workflow's history: ids and
 * small values only, never an e-mail address or a mail. Instants are ms since 1970, UTC, whole seconds; amounts are
 * decimal strings.
 */

/** Input of the `monitor` workflow. A new field is optional, a changed one raises `v` (see `liftInput`). */
export interface MonitorInput {
  readonly v: 1;
  readonly clientId: string;
  readonly resellerId?: string;
  readonly carried?: CarriedState;
}

/** What one run hands to the next. Under 1 KB for a profile of ten rules. */
export interface CarriedState {
  /** when the schedule last had a check due, without spread */
  readonly lastDue: number;
  /** the first check of the monitor is still to come */
  readonly first?: true;
  readonly rules: Readonly<Record<string, PackedRuleState>>;
  /** by rule key, the place of the last verdict's reason in `reasons` */
  readonly verdicts?: Readonly<Record<string, number>>;
  readonly lastCheckAt?: number;
  readonly pausedBy?: string;
  readonly silences?: Readonly<Record<string, number>>;
  readonly word?: StateWord;
  /** what the read model was last told, to tell it again only when it changes */
  readonly published?: string;
  /** staff was told that a rate is missing; where no verdict says so, the monitor was paused since */
  readonly rateMissing?: true;
  /** runs since the monitor began */
  readonly runs: number;
}

/**
 * count, sentAt, episode, low, since, refillSeq of a `RuleState`, instants in seconds; while a mail is on its way, its
 * episode, number and previousSentAt, too
 */
export type PackedRuleState =
  | readonly [...SettledRuleState]
  | readonly [...SettledRuleState, episode: number, number: number, previousSentAt: number | null];

type SettledRuleState = readonly [
  count: number,
  sentAt: number | null,
  episode: number,
  low: 0 | 1,
  since: number | null,
  refillSeq: number,
];

/** What the monitor must know of its client's configuration; fetched anew only when `version` changed. */
export interface MonitorConfig {
  readonly version: string;
  readonly resellerId: string;
  readonly intervalMs: number;
  readonly trigger: Trigger;
  readonly whenSeveral: SeveralPolicy;
  readonly unlimited: boolean;
  readonly rules: readonly RuleDefinition[];
  /** the grant that is scheduled or active */
  readonly grant: GrantTimes | null;
  /** by rule key, the last episode in which a mail was claimed; rules that never mailed are left out */
  readonly episodes: Readonly<Record<string, number>>;
  readonly options: MonitorOptions;
}

export interface MonitorOptions {
  readonly continueAfterEvents: number;
  readonly continueAfterChecks: number;
  /** 0 to 1 */
  readonly spreadShare: number;
  readonly spreadMaxMs: number;
  /** where people open Lowwater's own page; Temporal's page then links to the client's */
  readonly publicUrl?: string | null;
}

export interface GrantTimes {
  readonly id: string;
  /** number within the client: with kind and version it names a credit mail for ever */
  readonly seq: number;
  readonly from: number;
  readonly until: number;
  readonly warnAt: number | null;
  readonly started: boolean;
  readonly warned: boolean;
}

export interface ObserveInput {
  readonly clientId: string;
  /** the instant at which the balance is read */
  readonly at: number;
  /** configuration version the caller has; '' for none */
  readonly known: string;
  /** a scheduled check: written to the read model with the same statement */
  readonly check?: { readonly dueAt: number; readonly nextAt: number };
  /** the caller has no state yet and wants what the read model kept of an earlier run */
  readonly restore?: true;
}

/** Fields that say nothing new are left out: this stands in the history of every check. */
export interface ObserveResult {
  /** absent: the balance is unknown */
  readonly live?: string;
  /** permanent credit limit; absent: 0 */
  readonly credit?: string;
  /** temporary credit valid at the instant; absent: 0 */
  readonly temporary?: string;
  /** absent: 1; null: none is in force */
  readonly rate?: string | null;
  readonly refills: number;
  readonly chargedAt: number;
  readonly status?: 'stop' | 'deleted';
  readonly config?: MonitorConfig;
  readonly stored?: StoredMonitor;
}

/** What the read model kept of a monitor that lost its run. */
export interface StoredMonitor {
  readonly nextCheckAt: number | null;
  readonly lastCheckAt: number | null;
  readonly rules: Readonly<Record<string, PackedRuleState>>;
  /** rules whose mail was on its way and has been handed over: it counts, the others' do not */
  readonly handedOver: readonly string[];
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
}

/** A change of what the read model shows. */
export interface PublishInput {
  readonly clientId: string;
  /** names this change: told twice, it is written once */
  readonly id: string;
  readonly at: number;
  readonly word: StateWord;
  readonly nextCheckAt: number;
  readonly lastCheckAt: number | null;
  readonly rules: Readonly<Record<string, PackedRuleState>>;
  readonly verdicts: readonly Verdict[];
  readonly available: string | null;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  /** live balances at which the ledger pokes the monitor; null: the balance is unknown, the bounds stay as they were */
  readonly wake: { readonly below: string | null; readonly above: string | null } | null;
  /** a check was made: keeps a row of its verdicts */
  readonly check?: CheckKind;
  /** what a person did to the monitor: its audit row is written in the same transaction */
  readonly action?: MonitorAction;
}

/** scheduled, asked for, or made at once because a rule's threshold was crossed (`trigger: change`) */
export type CheckKind = 'scheduled' | 'demand' | 'crossing';

export const actorSources = ['api', 'web', 'cli', 'temporal', 'system'] as const;

/** Who asks, through what, and why; ids and words, no addresses. */
export interface Actor {
  /** `key:<id>`, `user:<id>`, `temporal`, `system` */
  readonly id: string;
  readonly source: (typeof actorSources)[number];
  readonly requestId?: string;
}

export interface MonitorAction {
  /** `monitor.pause`, `monitor.resume`, `monitor.silence`, `rule.reset`, `monitor.check` */
  readonly name: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** One mail of one rule. The first four name it for ever, whatever run or attempt asks. */
export interface DeliverInput {
  readonly clientId: string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  /** sends in one count; null: unlimited */
  readonly max: number | null;
  readonly checkedAt: number;
  readonly nextCheckAt: number;
  readonly available: string;
  readonly live: string;
  /** recipients (as in the configuration) who hear from a more severe rule */
  readonly except?: readonly string[];
}

export interface DeliverResult {
  readonly outcome: DeliveryOutcome;
}

/** Retried a while, then given up: the next check may claim the same number again. */
export interface AbandonInput {
  readonly clientId: string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  readonly why: 'time_over' | 'episode_over';
}

export const creditMailKinds = ['credit_granted', 'credit_expiring', 'credit_reverted'] as const;
export type CreditMailKind = (typeof creditMailKinds)[number];

export interface CreditMailInput {
  readonly clientId: string;
  readonly grantId: string;
  readonly seq: number;
  readonly kind: CreditMailKind;
  /** tells the mails of one kind and grant apart */
  readonly number: number;
  readonly at: number;
}

/** Under which key the ledger of notifications keeps a credit mail. */
export function creditMailKey(mail: CreditMailInput): Omit<AbandonInput, 'why'> {
  return { clientId: mail.clientId, rule: mail.kind, episode: mail.seq, number: mail.number };
}

/** The step of a grant that is due: idempotent, the database says what was done already. */
export interface AdvanceGrantInput {
  readonly clientId: string;
  readonly grantId: string;
  readonly step: 'start' | 'warn' | 'revert';
  readonly at: number;
}

export interface AdvanceGrantResult {
  /** the step stands done, by this attempt or one before; false: the grant was changed, so that it is not due */
  readonly done: boolean;
  readonly version: number;
}

/** A payment that a payment system told the monitor of directly. */
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

export interface AlertInput {
  /** `no_rate`, `template_failed`, `payment_refused`, `no_recipients` */
  readonly kind: string;
  readonly clientId: string;
  readonly detail: string;
  readonly at: number;
}

/** What a run of the reconcile Schedule found to do. */
export interface ReconcileReport {
  /** monitors started or woken */
  readonly woken: number;
  /** monitors of deleted clients, told to end */
  readonly ended: number;
}

export interface CheckNowInput {
  readonly actor: Actor;
  readonly reason?: string;
}

export interface CheckNowResult {
  readonly at: number;
  readonly word: StateWord;
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
  readonly rule: string;
  readonly reason: string;
  readonly actor: Actor;
}

export interface SilenceInput {
  /** a rule's key; absent: all rules */
  readonly rule?: string;
  /** RFC 3339; null ends the silence now */
  readonly until: string | null;
  readonly reason: string;
  readonly actor: Actor;
}

export interface PauseInput {
  readonly reason: string;
  readonly actor: Actor;
}

/** What the monitor itself knows; the API adds what needs the database (recipients, names). */
export interface Explanation {
  readonly clientId: string;
  /** this run has not read its configuration yet: rules, credit and interval are not known to it */
  readonly starting?: true;
  readonly word: StateWord;
  readonly at: number;
  readonly lastCheckAt: number | null;
  readonly nextCheckAt: number;
  readonly intervalMs: number;
  readonly trigger: Trigger;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  readonly grant: GrantTimes | null;
  readonly rules: readonly RuleExplanation[];
  readonly run: { readonly checks: number; readonly runs: number; readonly deliveries: number };
}

export interface RuleExplanation {
  readonly key: string;
  readonly threshold: RuleDefinition['threshold'];
  readonly maxSends: number | null;
  /** what the last check said; null before the first */
  readonly last: Reason | null;
  readonly state: RuleState | null;
  /** the earliest instant at which a check could send; null: not before it is re-armed */
  readonly nextPossibleAt: number | null;
  /** what a check at this moment would say, from what the monitor last saw; null before the first look */
  readonly wouldSay: Reason | null;
}

export type { RuleStates };
