import {
  availableOf,
  evaluate,
  type Balance,
  type Observation,
  type Verdict,
} from '../../../domain/monitoring/evaluate.js';
import { keepRuleStates } from '../../../domain/monitoring/rule-state.js';
import { formatMoney, moneyOf, rateOf, rateUnit, type Rate } from '../../../domain/money.js';
import {
  compileRules,
  defaultCheckEveryMinutes,
  ruleDefinitions,
  type ClientRules,
  type RuleSet,
} from '../../../domain/monitoring/rules.js';
import { isLowVerdict } from '../../../domain/monitoring/client-state.js';
import type { ProfileClient } from '../../../storage/profile-clients.js';
import type { ProfileFields, ProfileRule } from '../../../storage/profiles.js';
import { dedupeAddresses } from '../../../storage/monitoring-terms.js';

/**
 * What a draft of a profile would do to the clients that use it, were all of them checked at this instant: their balances
 * and what their monitors remember, put to the one decision under the profile as it is and as it would be. Warning
 * thresholds are the client's own and stand outside.
 */

/** A profile made ready for many clients: what does not depend on the client is worked out once. */
export interface ReadyProfile {
  readonly fields: ProfileFields;
  /** with no recipients yet */
  readonly rules: RuleSet;
  /** into its currency, by the client's; another currency has none in force */
  readonly rates: ReadonlyMap<string, Rate>;
  readonly userEmails: ReadonlyMap<string, string>;
}

/** @param rates into the profile's currency, as they are stored */
export function readyProfile(
  fields: ProfileFields,
  rates: ReadonlyMap<string, string>,
  userEmails: ReadonlyMap<string, string>,
): ReadyProfile {
  const rules = fields.rules.map((rule) => ({ ...rule, recipients: [] }));
  return {
    fields,
    rules: compileRules(ruleDefinitions({ ...fields, rules }, withoutWarnings), fields.whenSeveral),
    rates: new Map([
      ...[...rates].map(([currency, rate]) => [currency, rateOf(rate)] as const),
      [fields.currency, rateUnit],
    ]),
    userEmails,
  };
}

/** Warning thresholds stand outside, and no rule of a profile asks for currency or balance model. */
const withoutWarnings: ClientRules = {
  currency: 'USD',
  balanceModel: 'prepaid',
  warningThresholds: [],
  warningRecipients: [],
  checkEveryMinutes: defaultCheckEveryMinutes,
};

export interface Notified {
  readonly rule: string;
  readonly recipients: readonly string[];
}

/** One client under both. */
export interface ClientEffect {
  readonly client: ProfileClient;
  /** null: unknown, or no limit */
  readonly available: string | null;
  readonly before: Outcome;
  readonly after: Outcome;
  /** rules of the draft that are on and would tell nobody; `all`: there is no other */
  readonly unheard: { readonly rules: readonly string[]; readonly all: boolean };
}

export interface Outcome {
  readonly notified: readonly Notified[];
  readonly isLow: boolean;
  readonly verdicts: readonly Verdict[];
}

/**
 * @param profile as it is; null: the draft is of a new one
 * @param now ms since 1970
 */
export function effectOn(
  client: ProfileClient,
  profile: ReadyProfile | null,
  draft: ReadyProfile,
  now: number,
): ClientEffect {
  const balance = balanceOf(client);
  const rules = ruleSetOf(client, draft);
  const on = rules.rules.filter((rule) => rule.threshold !== null);
  const unheard = on.filter((rule) => rule.recipients.length === 0).map((rule) => rule.key);
  return {
    client,
    available: balance && client.balanceModel !== 'unlimited' ? formatMoney(availableOf(balance)) : null,
    before: profile ? outcomeOf(client, ruleSetOf(client, profile), profile, balance, now) : nobody,
    after: outcomeOf(client, rules, draft, balance, now),
    unheard: { rules: unheard, all: on.length > 0 && unheard.length === on.length },
  };
}

const nobody: Outcome = { notified: [], isLow: false, verdicts: [] };

function outcomeOf(
  client: ProfileClient,
  rules: RuleSet,
  { rates }: ReadyProfile,
  balance: Balance | null,
  now: number,
): Outcome {
  const observation: Observation = {
    balance,
    rate: rates.get(client.currency) ?? null,
    refillSeq: client.refillSeq,
    lastChargeAt: client.chargedAtMs,
    unlimited: client.balanceModel === 'unlimited',
    paused: client.status !== 'active' || client.pausedBy !== null,
    silences: client.silences,
  };
  const { verdicts } = evaluate(rules, keepRuleStates(keysOf(rules), client.rules), observation, now, 'check');
  return { notified: notifiedBy(rules, verdicts), isLow: verdicts.some(isLowVerdict), verdicts };
}

function keysOf(rules: RuleSet): string[] {
  return rules.rules.map(({ key }) => key);
}

function notifiedBy(set: RuleSet, verdicts: readonly Verdict[]): Notified[] {
  return verdicts.flatMap((verdict, index) => {
    const rule = set.rules[index];
    if (verdict.reason !== 'sent' || !rule) return [];
    const except = new Set(verdict.except ?? []);
    return [{ rule: rule.key, recipients: rule.recipients.filter((address) => !except.has(address)) }];
  });
}

function ruleSetOf(client: ProfileClient, { fields, rules, userEmails }: ReadyProfile): RuleSet {
  return {
    ...rules,
    rules: rules.rules.map((rule, index) => ({
      ...rule,
      recipients: recipientsOf(client, fields.rules[index], userEmails),
    })),
  };
}

function recipientsOf(
  client: ProfileClient,
  rule: ProfileRule | undefined,
  userEmails: ReadonlyMap<string, string>,
): string[] {
  if (!rule) return [];
  return dedupeAddresses([
    rule.notifyRole ? (rule.key === 'user' ? client.ownerEmail : client.billingEmail) : null,
    ...rule.userIds.map((id) => userEmails.get(id) ?? null),
    ...rule.emails,
  ]);
}

/** As the monitor would see it; null: unknown. */
function balanceOf({ live, creditLimit, temporaryCredit }: ProfileClient): Balance | null {
  if (live === null) return null;
  return { live: moneyOf(live), creditLimit: moneyOf(creditLimit), temporaryCredit: moneyOf(temporaryCredit) };
}
