import { adminOwnRule, capacityRule, clientOwnRule, ruleAudienceSpecs, type RuleIdentity } from '../rule-identity.js';
import type { RuleDefinition } from '../rule-definition.js';

/**
 * The client's own low balance threshold (docs/manuals.md#low-balance-notifications): its notifications, and the capacity
 * that applies below it. Amounts are in the client's currency.
 */
export interface OwnLowBalance {
  readonly notifyClient: boolean;
  readonly notifyAdmin: boolean;
  /** null: there is none, and no rule of it */
  readonly lowBalanceThreshold: string | null;
  /** null: the capacity stays as it is below the threshold */
  readonly lowBalanceCapacity: number | null;
  /** where the normal capacity applies again; null: at the threshold */
  readonly lowBalanceRestoreAt: string | null;
}

/** Of a client without such a threshold. */
export const noOwnLowBalance: OwnLowBalance = {
  notifyClient: false,
  notifyAdmin: false,
  lowBalanceThreshold: null,
  lowBalanceCapacity: null,
  lowBalanceRestoreAt: null,
};

export interface OwnRules extends OwnLowBalance {
  readonly billingRecipients: readonly string[];
}

/** Each acts once per episode, as soon as it may; an episode ends only when the rule is found not low. */
export function ownRules(client: OwnRules): RuleDefinition[] {
  const { lowBalanceThreshold: value, lowBalanceCapacity: capacity, lowBalanceRestoreAt: restoreAt } = client;
  if (value === null) return [];
  const rule = (identity: RuleIdentity, recipients: readonly string[]): RuleDefinition => ({
    ...identity,
    action: ruleAudienceSpecs[identity.audience].action,
    trigger: 'change',
    threshold: { kind: 'belowOwn', value },
    inactivityDays: null,
    maxNotifications: 1,
    periodMs: 0,
    resetOn: 'recovery',
    recipients,
    ranked: false,
  });
  return [
    ...(client.notifyClient ? [rule(clientOwnRule, client.billingRecipients)] : []),
    ...(client.notifyAdmin ? [rule(adminOwnRule, [])] : []),
    ...(capacity === null
      ? []
      : [
          {
            ...rule(capacityRule, []),
            threshold: { kind: 'belowOwn', value, ...(restoreAt !== null && { restoreAt }) } as const,
            capacity,
          },
        ]),
  ];
}
