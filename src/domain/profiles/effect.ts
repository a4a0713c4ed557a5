import { availableOf, toBalance, type Balance } from '../ledger/balance.js';
import { noOwnLowBalance } from '../monitoring/actions/own-rules.js';
import { evaluate, type Observation, type Verdict } from '../monitoring/evaluate.js';
import { keepRuleStates, type EvaluationKind } from '../monitoring/rule-state.js';
import { formatMoney, moneyOf, rateOf, rateUnit, type Rate } from '../money.js';
import { ruleRecipients } from '../monitoring/recipients.js';
import type { RuleDefinition } from '../monitoring/rule-definition.js';
import { identifyRule, type RuleIdentity } from '../monitoring/rule-identity.js';
import {
  compileRules,
  defaultCheckEveryMinutes,
  ruleDefinitions,
  type ClientRules,
  type RuleSet,
} from '../monitoring/rules.js';
import { isLowVerdict } from '../monitoring/client-state.js';
import { recipientKey, recipientText, type UsableChannels } from '../notifications/channels.js';
import type { ProfileClient } from './profile-client.js';
import type { ProfileFields, ProfileRule } from './profile.js';

/**
 * What a change of profile, of a client template, or of an exchange rate does to one client: its balance and the state of its rules,
 * evaluated as they are and as they would be. Warning thresholds belong to the client and are not part of it.
 */

/** A profile prepared for many clients: what does not depend on the client is computed once. */
export interface ReadyProfile {
  readonly fields: ProfileFields;
  /** without recipients */
  readonly rules: RuleSet<RuleDefinition>;
  /** into the profile's currency, by the client's; a currency that is missing has no current rate */
  readonly rates: ReadonlyMap<string, Rate>;
  readonly reached: Reached;
}

/** Users and channels of a profile that can be notified, by id; one that is missing is not. */
export interface Reached {
  readonly userEmails: ReadonlyMap<string, string>;
  readonly channels: UsableChannels;
}

/** @param rates into the profile's currency, as they are stored */
export function readyProfile(
  fields: ProfileFields,
  rates: ReadonlyMap<string, string>,
  reached: Reached,
): ReadyProfile {
  const rules = fields.rules.map((rule) => ({ ...rule, ...identifyRule(rule.key), recipients: [] }));
  return {
    fields,
    rules: compileRules(ruleDefinitions({ ...fields, rules }, withoutOwnRules), fields.whenSeveral),
    rates: new Map([
      ...[...rates].map(([currency, rate]) => [currency, rateOf(rate)] as const),
      [fields.currency, rateUnit],
    ]),
    reached,
  };
}

/** In place of the client's own rules, which a profile does not change. */
const withoutOwnRules: ClientRules = {
  ...noOwnLowBalance,
  currency: 'USD',
  balanceModel: 'prepaid',
  warningThresholds: [],
  billingRecipients: [],
  checkEveryMinutes: defaultCheckEveryMinutes,
};

export interface Notified {
  readonly rule: string;
  /** as people read them */
  readonly recipients: readonly string[];
}

/** One client before and after the change. */
export interface ClientEffect {
  readonly client: ProfileClient;
  /** null: unknown, or unlimited */
  readonly available: string | null;
  readonly before: Outcome;
  readonly after: Outcome;
  /** enabled rules that would have no recipients after the change; `all`: there is no other */
  readonly withoutRecipients: { readonly rules: readonly string[]; readonly all: boolean };
}

export interface Outcome {
  readonly notified: readonly Notified[];
  readonly isLow: boolean;
  readonly verdicts: readonly Verdict[];
}

/**
 * Both outcomes are those of the evaluation that decides after the change: with trigger `change` the one that the
 * change itself causes, with `period` that of a check. So an edit that sets trigger `change` newly notifies every
 * client that waits for a check.
 *
 * @param before null: the client has no profile
 * @param after null: it will have none
 * @param now ms since 1970
 * @param changed the client after the change, which keeps its balance and the states of its rules
 */
export function effectOn(
  client: ProfileClient,
  before: ReadyProfile | null,
  after: ReadyProfile | null,
  now: number,
  changed: ProfileClient = client,
): ClientEffect {
  const balance = balanceOf(changed);
  const rules = after && ruleSetOf(changed, after);
  const on = rules?.rules.filter((rule) => rule.threshold !== null) ?? [];
  const withoutRecipients = on.filter((rule) => rule.recipients.length === 0).map((rule) => rule.key);
  const kind = after?.fields.trigger === 'change' ? 'change' : 'check';
  return {
    client,
    available: availableIn(changed, balance),
    before: withOwnThreshold(
      client,
      before ? outcomeOf(client, ruleSetOf(client, before), before, balanceOf(client), now, kind) : noOutcome,
    ),
    after: withOwnThreshold(changed, after && rules ? outcomeOf(changed, rules, after, balance, now, kind) : noOutcome),
    withoutRecipients: { rules: withoutRecipients, all: on.length > 0 && withoutRecipients.length === on.length },
  };
}

function availableIn({ balanceModel }: ProfileClient, balance: Balance | null): string | null {
  return balance && balanceModel !== 'unlimited' ? formatMoney(availableOf(balance)) : null;
}

/** Also low: below the client's own threshold. */
function withOwnThreshold(client: ProfileClient, outcome: Outcome): Outcome {
  const threshold = client.lowBalanceThreshold ?? null;
  const available = availableIn(client, balanceOf(client));
  if (threshold === null || available === null || client.status !== 'active') return outcome;
  return moneyOf(available) < moneyOf(threshold) ? { ...outcome, isLow: true } : outcome;
}

const noOutcome: Outcome = { notified: [], isLow: false, verdicts: [] };

function outcomeOf(
  client: ProfileClient,
  rules: RuleSet,
  { rates, reached }: ReadyProfile,
  balance: Balance | null,
  now: number,
  kind: EvaluationKind,
): Outcome {
  const observation: Observation = {
    balance,
    rate: rates.get(client.currency) ?? null,
    refillSeq: client.refillSeq,
    lastChargeAt: client.chargedAtMs,
    unlimited: client.balanceModel === 'unlimited',
    paused: client.status !== 'active' || client.pausedBy !== null,
    silences: client.silences,
    ...(client.silenceWindows && { silenceWindows: client.silenceWindows }),
  };
  const { verdicts } = evaluate(rules, keepRuleStates(keysOf(rules), client.rules), observation, now, kind);
  return { notified: notifiedBy(rules, verdicts, reached.channels), isLow: verdicts.some(isLowVerdict), verdicts };
}

function keysOf(rules: RuleSet): string[] {
  return rules.rules.map(({ key }) => key);
}

function notifiedBy(set: RuleSet, verdicts: readonly Verdict[], channels: UsableChannels): Notified[] {
  return verdicts.flatMap((verdict, index) => {
    const rule = set.rules[index];
    if (verdict.reason !== 'sent' || !rule) return [];
    const except = new Set(verdict.except ?? []);
    const recipients = rule.recipients.filter((recipient) => !except.has(recipient));
    return [{ rule: rule.key, recipients: recipients.map((recipient) => recipientText(recipient, channels)) }];
  });
}

function ruleSetOf(client: ProfileClient, { fields, rules, reached }: ReadyProfile): RuleSet {
  return {
    ...rules,
    rules: rules.rules.map((rule, index) => ({
      ...rule,
      recipients: recipientsOf(client, rule, fields.rules[index], reached),
    })),
  };
}

function recipientsOf(
  client: ProfileClient,
  identity: RuleIdentity,
  rule: ProfileRule | undefined,
  { userEmails, channels }: Reached,
): string[] {
  if (!rule) return [];
  return ruleRecipients(identity, {
    notifyRole: rule.notifyRole,
    owner: client.ownerEmail,
    billing: client.billingEmail,
    users: rule.userIds.map((id) => userEmails.get(id) ?? null),
    emails: rule.emails,
    channels: rule.channels.filter(({ channelId }) => channels.has(channelId)).map(recipientKey),
  });
}

/** As the monitor would observe it; null: unknown. */
function balanceOf({ live, creditLimit, temporaryCredit }: ProfileClient): Balance | null {
  if (live === null) return null;
  return toBalance({ live, creditLimit, temporaryCredit });
}
