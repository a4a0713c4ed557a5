import type { AutoPaymentTerms } from '../domain/monitoring/actions/auto-payment-rule.js';
import type { RuleDefinition } from '../domain/monitoring/rule-definition.js';
import {
  checkIntervalMs,
  ruleDefinitions,
  toCanonicalWarning,
  type BalanceModel,
  type ClientRules,
  type MultiRulePolicy,
  type ProfileRules,
} from '../domain/monitoring/rules.js';
import { billingRecipients, ruleRecipients } from '../domain/monitoring/recipients.js';
import { clientOwnRule, identifyRule, warningRule } from '../domain/monitoring/rule-identity.js';
import type { Rate } from '../domain/money.js';
import { recipientText } from './scenario-channels.js';
import type { ScenarioClient, ScenarioProfile, ScenarioRate } from './scenario.js';

/** The part of a scenario's profile and client that its monitor is configured with. */
export interface Terms {
  readonly rules: readonly RuleDefinition[];
  readonly whenSeveral: MultiRulePolicy;
  readonly intervalMs: number;
  /** addresses and recipients of channels by rule key, as written, in order role then extra, once each */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
  /** profile and client have different currencies */
  readonly converts: boolean;
  /** rates from the client's currency to the profile's, oldest first; none where both are the same */
  readonly rates: readonly { readonly rate: Rate; readonly atMs: number }[];
}

/** Rules share a recipient when the addresses are equal without regard to case, so rules hold them in lower case. */
export function termsOf(
  profile: ScenarioProfile | null,
  client: ScenarioClient,
  balanceModel: BalanceModel,
  rates: readonly ScenarioRate[],
): Terms {
  const recipients = new Map<string, readonly string[]>();
  const billing = billingRecipients(client.billingEmail);
  const clientRules: ClientRules = {
    ...client,
    balanceModel,
    billingRecipients: lowerCased(billing),
    autoPaymentTerms: autoPaymentTerms(client),
  };
  for (const text of client.warningThresholds) {
    recipients.set(warningRule(toCanonicalWarning(text, client.currency)).key, billing);
  }
  recipients.set(clientOwnRule.key, billing);
  const profileRules: ProfileRules | null = profile && {
    ...profile,
    rules: profile.rules.map((rule) => {
      const identity = identifyRule(rule.key);
      const addresses = ruleRecipients(identity, {
        notifyRole: rule.notifyRole,
        owner: client.ownerEmail,
        billing: client.billingEmail,
        users: [],
        emails: rule.emails,
        channels: rule.channels.map(recipientText),
      });
      recipients.set(rule.key, addresses);
      return { ...rule, ...identity, recipients: lowerCased(addresses) };
    }),
  };
  const converts = profile !== null && profile.currency !== client.currency;
  return {
    rules: ruleDefinitions(profileRules, clientRules),
    whenSeveral: profile?.whenSeveral ?? 'each',
    intervalMs: checkIntervalMs(profileRules, clientRules),
    recipients,
    converts,
    rates: converts ? ratesBetween(client.currency, profile.currency, rates) : [],
  };
}

/** Null: its card is not charged automatically. */
export function autoPaymentTerms(client: ScenarioClient): AutoPaymentTerms | null {
  const { autoPayment, autoPaymentThreshold: ownThreshold, autoPaymentRepeatWhileLow: repeatWhileLow } = client;
  return autoPayment ? { ownThreshold, repeatWhileLow } : null;
}

function lowerCased(addresses: readonly string[]): string[] {
  return addresses.map((address) => address.toLowerCase());
}

function ratesBetween(from: string, to: string, rates: readonly ScenarioRate[]): Terms['rates'] {
  return rates.filter((rate) => rate.from === from && rate.to === to).sort((a, b) => a.atMs - b.atMs);
}
