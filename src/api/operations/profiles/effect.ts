import { unpackRules } from '../../../contract/packed-rules.js';
import {
  availableOf,
  evaluate,
  keepRules,
  type Balance,
  type Observation,
  type Verdict,
} from '../../../domain/evaluate.js';
import { formatMoney, moneyOf, rateOf, rateUnit } from '../../../domain/money.js';
import { compileRules, ruleDefinitions, type ClientTerms, type RuleSet } from '../../../domain/rules.js';
import { isLowVerdict } from '../../../domain/state-word.js';
import type { ProfileClient } from '../../../storage/profile-clients.js';
import type { ProfileFields } from '../../../storage/profiles.js';
import { onceEach } from '../../../storage/watch-terms.js';

/**
 * What a draft of a profile would do to the clients that use it, were all of them checked at this instant: their balances
 * and what their monitors remember, put to the one decision under the profile as it is and as it would be. Warning
 * thresholds are the client's own and stand outside.
 */

/** What the draft and the profile share. */
export interface Surroundings {
  readonly userEmails: ReadonlyMap<string, string>;
  /** into the currency of the profile as it is, and of the draft */
  readonly ratesBefore: ReadonlyMap<string, string>;
  readonly ratesAfter: ReadonlyMap<string, string>;
  /** the ledger is the balance source; else the last check's reading stands */
  readonly isLedger: boolean;
  readonly now: number;
}

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

export function effectOn(
  client: ProfileClient,
  profile: ProfileFields | null,
  draft: ProfileFields,
  around: Surroundings,
): ClientEffect {
  const balance = balanceOf(client, around.isLedger);
  const before = profile ? outcomeOf(client, profile, balance, around.ratesBefore, around) : nobody;
  const set = ruleSetOf(client, draft, around.userEmails);
  const on = set.rules.filter((rule) => rule.threshold !== null);
  const unheard = on.filter((rule) => rule.recipients.length === 0).map((rule) => rule.key);
  return {
    client,
    available: balance && client.balanceModel !== 'unlimited' ? formatMoney(availableOf(balance)) : null,
    before,
    after: outcomeOf(client, draft, balance, around.ratesAfter, around, set),
    unheard: { rules: unheard, all: on.length > 0 && unheard.length === on.length },
  };
}

const nobody: Outcome = { notified: [], isLow: false, verdicts: [] };

function outcomeOf(
  client: ProfileClient,
  profile: ProfileFields,
  balance: Balance | null,
  rates: ReadonlyMap<string, string>,
  around: Surroundings,
  set: RuleSet = ruleSetOf(client, profile, around.userEmails),
): Outcome {
  const rate = client.currency === profile.currency ? rateUnit : rates.get(client.currency);
  const observation: Observation = {
    balance,
    rate: typeof rate === 'string' ? rateOf(rate) : (rate ?? null),
    refillSeq: client.refillSeq,
    lastChargeAt: client.chargedAtMs,
    unlimited: client.balanceModel === 'unlimited',
    paused: client.status !== 'active' || client.pausedBy !== null,
    silences: client.silences,
  };
  const { verdicts } = evaluate(set, keepRules(set, unpackRules(client.rules)), observation, around.now);
  return { notified: notifiedBy(set, verdicts), isLow: verdicts.some(isLowVerdict), verdicts };
}

function notifiedBy(set: RuleSet, verdicts: readonly Verdict[]): Notified[] {
  return verdicts.flatMap((verdict, index) => {
    const rule = set.rules[index];
    if (verdict.reason !== 'sent' || !rule) return [];
    const except = new Set(verdict.except ?? []);
    return [{ rule: rule.key, recipients: rule.recipients.filter((address) => !except.has(address)) }];
  });
}

const noWarnings = { warningThresholds: [], warningRecipients: [], checkEveryMinutes: 60 };

function ruleSetOf(client: ProfileClient, fields: ProfileFields, userEmails: ReadonlyMap<string, string>): RuleSet {
  const rules = fields.rules.map((rule) => ({
    key: rule.key,
    threshold: rule.threshold,
    inactivityDays: rule.inactivityDays,
    recipients: onceEach([
      rule.notifyRole ? (rule.key === 'user' ? client.ownerEmail : client.billingEmail) : null,
      ...rule.userIds.map((id) => userEmails.get(id) ?? null),
      ...rule.emails,
    ]),
  }));
  const terms: ClientTerms = { balanceModel: client.balanceModel, ...noWarnings };
  return compileRules(ruleDefinitions({ ...fields, rules }, terms), fields.whenSeveral);
}

/** As the monitor would see it; null: unknown. */
function balanceOf(client: ProfileClient, isLedger: boolean): Balance | null {
  const creditLimit = moneyOf(client.creditLimit);
  const temporaryCredit = moneyOf(client.temporaryCredit);
  if (isLedger) return { live: moneyOf(client.live), creditLimit, temporaryCredit };
  if (client.checkedAvailable === null) return null;
  return { live: moneyOf(client.checkedAvailable) - creditLimit - temporaryCredit, creditLimit, temporaryCredit };
}
