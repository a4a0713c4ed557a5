import type { CreditNotice, DecidedNotification, RuleNotificationKey } from '../domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';

/**
 * What workflows ask of the activities that send. Everything here may be part of a workflow's history: ids and small
 * values only, no address and no message. Instants are ms since 1970, UTC, whole seconds; amounts are decimal strings.
 */

/** Identifies a notification by business facts only, so that it holds whatever run or attempt asks. */
export interface NotificationKey extends RuleNotificationKey {
  readonly clientId: string;
}

/** The same of a notification about a company, whose rule is the side. */
export interface CompanyNotificationKey extends RuleNotificationKey {
  readonly companyId: string;
}

/** One notification of one rule. */
export interface DeliverInput extends DecidedNotification {
  readonly clientId: string;
}

export interface DeliverResult {
  /** `accepted` by one recipient's server at least, else `uncertain` for one at least, else `failed` */
  readonly outcome: DeliveryOutcome;
}

/** Ends what is pending of a notification whose time is over, or that is no longer to be sent. */
export interface AbandonInput extends NotificationKey {
  readonly why: 'time_over' | 'called_off';
}

/** One notification about a temporary credit. */
export interface CreditNotificationInput extends CreditNotice {
  readonly clientId: string;
}

/** The key under which a credit notification is stored. */
export function creditNotificationKey(input: CreditNotificationInput): NotificationKey {
  return { clientId: input.clientId, rule: input.kind, episode: input.seq, number: input.number };
}

/** One delivery that a person has resent. */
export interface ResendInput {
  readonly deliveryId: string;
  /** `user:<id>` or `key:<id>` */
  readonly requestedBy: string;
}
