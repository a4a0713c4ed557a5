import type { Micros, Rate } from '../domain/money.js';
import type { OwnLowBalance } from '../domain/monitoring/actions/own-rules.js';
import type { ResetPolicy, Trigger } from '../domain/monitoring/rule-definition.js';
import type { BalanceModel, MultiRulePolicy } from '../domain/monitoring/rules.js';
import type { Actor } from '../domain/monitoring/state.js';
import type { ReceiverState, ScenarioChannel, ScenarioRecipient } from './scenario-channels.js';

/**
 * A scenario: the story of one client and the emails that must come of it (docs/scenarios.md). Instants are ms since
 * 1970, UTC, whole seconds; amounts are millionths of the client's currency unit unless said otherwise.
 */
export interface Scenario {
  readonly name: string;
  /** the monitor starts here */
  readonly startMs: number;
  /** what happens at this instant still counts */
  readonly untilMs: number;
  readonly rates: readonly ScenarioRate[];
  readonly channels: readonly ScenarioChannel[];
  readonly profile: ScenarioProfile | null;
  readonly client: ScenarioClient;
  /** in order of their instants; those of one instant in the order of the file */
  readonly events: readonly ScenarioEvent[];
  readonly expected: readonly ScenarioNotification[];
}

/** `1 from = rate to`, effective from `atMs`. */
export interface ScenarioRate {
  readonly from: string;
  readonly to: string;
  readonly rate: Rate;
  readonly atMs: number;
}

export interface ScenarioProfile {
  readonly name: string;
  readonly currency: string;
  /** null: unlimited */
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  /** null: every period */
  readonly checkEveryMinutes: number | null;
  readonly trigger: Trigger;
  readonly resetOn: ResetPolicy;
  readonly whenSeveral: MultiRulePolicy;
  /** user, client, then the advanced rules in the order of the file */
  readonly rules: readonly ScenarioRule[];
}

export interface ScenarioRule {
  /** `user`, `client`, `advanced:<key>` */
  readonly key: string;
  /** decimal string in the profile's currency; null: the rule is off */
  readonly threshold: string | null;
  /** user rule: the owner's email; the others: the client's billing email */
  readonly notifyRole: boolean;
  readonly inactivityDays: number | null;
  readonly emails: readonly string[];
  /** notified after the addresses */
  readonly channels: readonly ScenarioRecipient[];
}

type ScenarioStatus = 'active' | 'stop';

export interface ScenarioClient extends OwnLowBalance {
  readonly name: string;
  readonly currency: string;
  readonly balanceModel: BalanceModel;
  readonly openingBalance: Micros;
  readonly creditLimit: Micros;
  readonly status: ScenarioStatus;
  readonly billingEmail: string | null;
  /** the reseller's or manager's address */
  readonly ownerEmail: string | null;
  /** amounts, or shares such as `75%`, in canonical form, each value once */
  readonly warningThresholds: readonly string[];
  /** null: no limit */
  readonly originationCapacity: number | null;
  /** it has a card that is charged automatically */
  readonly autoPayment: boolean;
  /** null: the low balance threshold, else the threshold of the profile's client rule */
  readonly autoPaymentThreshold: string | null;
  readonly autoPaymentRepeatWhileLow: boolean;
  /** interval where there is no profile */
  readonly checkEveryMinutes: number;
  readonly timezone: string;
  readonly tags: readonly string[];
}

export type ScenarioEvent = { readonly atMs: number } & ScenarioHappening;

export type ScenarioHappening =
  | { readonly kind: 'charge'; readonly amount: Micros }
  | { readonly kind: 'payment'; readonly id: string; readonly amount: Micros }
  | { readonly kind: 'adjustment'; readonly amount: Micros }
  | { readonly kind: 'creditLimit'; readonly amount: Micros }
  | { readonly kind: 'temporaryCredit'; readonly amount: Micros; readonly validUntilMs: number }
  | { readonly kind: 'cancelTemporaryCredit' }
  | { readonly kind: 'status'; readonly status: ScenarioStatus }
  /** the whole profile as it is after the edit */
  | { readonly kind: 'profile'; readonly profile: ScenarioProfile }
  | { readonly kind: 'checkNow' }
  /** replaces the silence of the same rule; `rule` null: all rules */
  | { readonly kind: 'silence'; readonly rule: string | null; readonly untilMs: number }
  | ({ readonly kind: 'clientsSilence' } & ClientsSilence)
  /** ends a silence over many clients, also one that has not begun */
  | { readonly kind: 'expireSilence'; readonly id: string }
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'resetCounter'; readonly rule: string }
  | { readonly kind: 'balanceModel'; readonly balanceModel: BalanceModel }
  | { readonly kind: 'balanceSource'; readonly up: boolean }
  | { readonly kind: 'mail'; readonly up: boolean }
  | { readonly kind: 'channel'; readonly name: string; readonly receiver: ReceiverState };

/** A silence over many clients, besides those before it. */
export interface ClientsSilence {
  /** by which it is ended; null: its end stays */
  readonly id: string | null;
  /** only clients that have the tag; null: all of the reseller */
  readonly tag: string | null;
  /** only clients with the profile that this one has */
  readonly isOfProfile: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One notification that was, or must be, accepted; or an event, a charge, or a capacity that a rule brought about. */
export interface ScenarioNotification {
  /** when the check was due, RFC 3339 to the second */
  readonly at: string;
  readonly rule: string;
  /** addresses and recipients of channels; none of an event, a charge, or a capacity */
  readonly to: readonly string[];
  /** of `to`: who was not reached although another one was; absent: none */
  readonly failed?: readonly string[];
  /** two decimals, the client's currency */
  readonly available: string;
  /** within the count, from 1; of a capacity: how many there were */
  readonly number: number;
  /** of a capacity: what applies from here on; null: no limit */
  readonly capacity?: number | null;
  /** of a company: the run that set the balance mail time; null: it was cleared */
  readonly mailTime?: string | null;
}

/** `2026-03-01T00:00:00Z` */
export function formatInstant(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 19)}Z`;
}

/** Who lets the events of a scenario happen. */
export const scenarioActor: Actor = { id: 'simulate', source: 'cli' };
