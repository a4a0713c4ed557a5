import type { FailureCode } from '../errors.js';
import type { CreditNotificationKind } from '../notifications/mail-kinds.js';
import type { DeliveryOutcome } from './rule-state.js';
import type { MonitorConfig, MonitorRequest, ObservedClient, RecordedCheck, StoredMonitor } from './state.js';

/** What happens to a monitor. `step` is the only function that takes it in. */
export type MonitorEvent =
  | ObservedEvent
  /** the client could not be read */
  | { readonly type: 'readFailed' }
  /** a person asks for something; the next evaluation applies it */
  | { readonly type: 'requested'; readonly request: MonitorRequest }
  | ({ readonly type: 'deliveryEnded'; readonly outcome: DeliveryOutcome } & RuleNotificationKey)
  /** the step of the temporary credit that was due is done, or was not due after all */
  | { readonly type: 'creditStepDone' }
  | { readonly type: 'creditStepFailed' }
  /** state and records are in the database */
  | { readonly type: 'published' }
  /** they could not be written */
  | { readonly type: 'writeFailed' };

/** The client was read. */
export interface ObservedEvent {
  readonly type: 'observed';
  readonly observed: ObservedClient;
  /** absent: the configuration is the one that the state holds */
  readonly config?: MonitorConfig;
  /** with the first observation of a monitor whose run was lost */
  readonly stored?: StoredMonitor;
  /** with the first observation: the first notification of each low rule counts as already sent */
  readonly countsFirst?: true;
  /** `scheduled`: the check that is due. `load`: the first observation of a monitor, which only reads. */
  readonly purpose: 'scheduled' | 'change' | 'load';
}

/** Identifies one notification of a client, whatever run or attempt sends it. */
export interface RuleNotificationKey {
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
}

/** What a monitor asks its surroundings to do. */
export type MonitorCommand =
  | ({ readonly type: 'notify' } & DecidedNotification)
  | ({ readonly type: 'cancelDelivery' } & RuleNotificationKey)
  | ({ readonly type: 'notifyCredit' } & CreditNotice)
  | { readonly type: 'raiseEvent'; readonly kind: 'rate.missing'; readonly at: number }
  /** write the state and its records, in order */
  | { readonly type: 'publish' }
  | { readonly type: 'answer'; readonly requestId: string; readonly answer: RequestAnswer };

export interface DecidedNotification extends RuleNotificationKey {
  /** Max qty; null: no limit */
  readonly max: number | null;
  readonly decidedAt: number;
  readonly nextCheckAt: number;
  readonly available: string;
  readonly live: string;
  /** recipients of the rule that a more severe rule covers */
  readonly except?: readonly string[];
}

/** A change of a temporary credit that the client is notified of. */
export interface CreditNotice {
  readonly kind: CreditNotificationKind;
  readonly grantId: string;
  readonly seq: number;
  /** distinguishes notices of one kind and grant */
  readonly number: number;
  readonly at: number;
  /** what held before an extension or a reduction */
  readonly before?: { readonly amount: string; readonly until: number };
}

export type RequestAnswer =
  /** a manual check: what it found, and when */
  | { readonly kind: 'checked'; readonly at: number; readonly check: RecordedCheck }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: FailureCode; readonly message: string; readonly pointer: string };

export interface Step<State> {
  readonly state: State;
  readonly commands: readonly MonitorCommand[];
}
