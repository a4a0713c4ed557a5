import type { CreditNotice, DecidedNotification, NotificationKey } from '../domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';

/** What workflows ask of the activities that send: ids and small values only, because histories hold them. */

/** One notification of one rule. Client, rule, episode, and number identify it, whatever run or attempt sends it. */
export interface DeliverInput extends DecidedNotification {
  readonly clientId: string;
}

export interface DeliverResult {
  readonly outcome: DeliveryOutcome;
}

/** A notification that is given up: its time is over, or its reason is gone. */
export interface AbandonInput extends NotificationKey {
  readonly clientId: string;
  readonly why: 'time_over' | 'called_off';
}

/** One notification about a temporary credit. */
export interface CreditNotificationInput extends CreditNotice {
  readonly clientId: string;
}

/** The key under which a credit notification is stored. */
export function creditNotificationKey(input: CreditNotificationInput): Omit<AbandonInput, 'why'> {
  return { clientId: input.clientId, rule: input.kind, episode: input.seq, number: input.number };
}
