import { dayMs, hourMs, minuteMs } from '../durations.js';
import { DomainError } from '../errors.js';
import { formatMoneyFor, moneyOf, parseMoney, parsePercent, rateUnit, type Micros } from '../money.js';
import { autoPaymentRules, type AutoPaymentTerms } from './actions/auto-payment-rule.js';
import { ownRules, type OwnRules } from './actions/own-rules.js';
import type { ResetPolicy, RuleDefinition, RuleTerms, Threshold, Trigger } from './rule-definition.js';
import { ruleAudienceSpecs, warningRule, type RuleIdentity } from './rule-identity.js';

/** How a client is billed. `unlimited` ("No Limit"): never low. */
export const balanceModels = ['prepaid', 'postpaid', 'unlimited'] as const;
export type BalanceModel = (typeof balanceModels)[number];

/** Who is notified when several rules are low: by `each` of them, or each recipient only by the `mostSevere`. */
export const multiRulePolicies = ['each', 'mostSevere'] as const;
export type MultiRulePolicy = (typeof multiRulePolicies)[number];

/** What is parsed of a rule once, for many evaluations. */
interface ParsedThreshold {
  /** millionths; 0 where the threshold is off */
  readonly limit: Micros;
  /** where a rule that is low stops being low, if that is above its limit; else null */
  readonly restoreLimit: Micros | null;
  /** `limit` times the rate's unit, for comparison with `available × rate` */
  readonly limitScaled: bigint;
  readonly inactivityMs: number;
}

/** A rule prepared for evaluation. */
export type Rule<Terms extends RuleTerms = RuleTerms> = Terms & ParsedThreshold;

export interface RuleSet<Terms extends RuleTerms = RuleTerms> {
  readonly rules: readonly Rule<Terms>[];
  readonly whenSeveral: MultiRulePolicy;
  /** true when a rule is compared in the profile's currency */
  readonly converts: boolean;
}

/** Parses a set of definitions, so that `evaluate` only compares. */
export function compileRules<Terms extends RuleTerms>(
  definitions: readonly Terms[],
  whenSeveral: MultiRulePolicy,
): RuleSet<Terms> {
  const rules = definitions.map((definition): Rule<Terms> => {
    const { threshold } = definition;
    const limit = limitOf(threshold);
    return {
      ...definition,
      limit,
      restoreLimit: threshold?.kind === 'belowOwn' && threshold.restoreAt ? moneyOf(threshold.restoreAt) : null,
      limitScaled: limit * rateUnit,
      inactivityMs: (definition.inactivityDays ?? 0) * dayMs,
    };
  });
  return { rules, whenSeveral, converts: rules.some((rule) => rule.threshold?.kind === 'below') };
}

function limitOf(threshold: Threshold | null): Micros {
  if (!threshold) return 0n;
  return moneyOf(threshold.kind === 'debtShare' ? threshold.percent : threshold.value);
}

/** The part of a profile that its rules are made of. */
export interface ProfileRules {
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  readonly checkEveryMinutes: number | null;
  readonly trigger: Trigger;
  readonly resetOn: ResetPolicy;
  readonly whenSeveral: MultiRulePolicy;
  readonly rules: readonly ProfileRule[];
}

interface ProfileRule extends RuleIdentity {
  readonly threshold: string | null;
  readonly inactivityDays: number | null;
  readonly recipients: readonly string[];
}

/** The part of a client that its own rules are made of. */
export interface ClientRules extends OwnRules {
  readonly currency: string;
  readonly balanceModel: BalanceModel;
  /** amounts, or for postpaid clients shares such as `75%` */
  readonly warningThresholds: readonly string[];
  readonly billingRecipients: readonly string[];
  /** absent or null: its card is not charged automatically */
  readonly autoPaymentTerms?: AutoPaymentTerms | null;
  /** check interval in minutes where the client has no profile */
  readonly checkEveryMinutes: number;
}

/** Minutes between checks of a client that has neither a profile nor its own interval. */
export const defaultCheckEveryMinutes = 60;

type CheckTimes = Pick<ProfileRules, 'checkEveryMinutes' | 'periodHours'>;

/** Returns the check interval in ms: of the profile, which is its period where it sets none, else of the client. */
export function checkIntervalMs(
  profile: CheckTimes | null,
  client: Pick<ClientRules, 'checkEveryMinutes'> | null,
): number {
  const minutes = profile ? profile.checkEveryMinutes : (client?.checkEveryMinutes ?? defaultCheckEveryMinutes);
  // Intervals are stored in ms: a part of a minute must come back as it was.
  return minutes === null ? (profile?.periodHours ?? 0) * hourMs : Math.round(minutes * minuteMs);
}

/**
 * All rules of a client in their order: those of its profile, its warning thresholds, then those of the client's
 * low balance threshold, then its automatic payment.
 */
export function ruleDefinitions(profile: ProfileRules | null, client: ClientRules): RuleDefinition[] {
  return [
    ...(profile ? profileRules(profile) : []),
    ...warningRules(client),
    ...ownRules(client),
    ...autoPaymentRules(client.autoPaymentTerms ?? null, client.lowBalanceThreshold, profile?.rules ?? []),
  ];
}

function profileRules(profile: ProfileRules): RuleDefinition[] {
  return profile.rules.map((rule) => ({
    key: rule.key,
    source: rule.source,
    audience: rule.audience,
    name: rule.name,
    action: ruleAudienceSpecs[rule.audience].action,
    trigger: profile.trigger,
    threshold: rule.threshold === null ? null : { kind: 'below', value: rule.threshold },
    inactivityDays: rule.inactivityDays,
    maxNotifications: profile.maxNotifications,
    periodMs: profile.periodHours * hourMs,
    resetOn: profile.resetOn,
    recipients: rule.recipients,
    ranked: true,
  }));
}

/** Each notifies once per episode, as soon as it may, and is reset only when it is no longer reached. */
function warningRules(client: ClientRules): RuleDefinition[] {
  return client.warningThresholds.map((text) => ({
    ...warningRule(toCanonicalWarning(text, client.currency)),
    action: 'notify',
    trigger: 'change',
    threshold: warningThreshold(text, client.balanceModel),
    inactivityDays: null,
    maxNotifications: 1,
    periodMs: 0,
    resetOn: 'recovery',
    recipients: client.billingRecipients,
    ranked: false,
  }));
}

function warningThreshold(text: string, model: BalanceModel): Threshold | null {
  if (text.endsWith('%')) return model === 'prepaid' ? null : { kind: 'debtShare', percent: text.slice(0, -1) };
  return model === 'postpaid' ? { kind: 'debtAtLeast', value: text } : { kind: 'atMost', value: text };
}

/** `50` as `50.00`, `75.0%` as `75%`: at least the minor digits of the currency, a share without trailing zeros. */
export function toCanonicalWarning(text: string, currency: string): string {
  if (!text.endsWith('%')) return formatMoneyFor(moneyOf(text), currency);
  const share = text.slice(0, -1).replace(/^0+(?=\d)/, '');
  return `${share.includes('.') ? share.replace(/\.?0+$/, '') : share}%`;
}

/**
 * Returns a client's warning thresholds in canonical form.
 *
 * @throws DomainError `invalid`, with the position in `pointer`: not an amount, a share for a client that is not
 * postpaid, or a value that the list already holds.
 */
export function parseWarningThresholds(
  texts: readonly string[],
  client: { readonly balanceModel: BalanceModel; readonly currency: string },
  pointer: string,
): string[] {
  const seen = new Map<string, number>();
  return texts.map((text, index) => {
    const at = `${pointer}/${index}`;
    requireWarningThreshold(text, client.balanceModel, at);
    const canonical = toCanonicalWarning(text, client.currency);
    const before = seen.get(canonical);
    if (before !== undefined) {
      throw new DomainError(
        'invalid',
        `"${text.slice(0, 20)}" is the same threshold as "${texts[before]?.slice(0, 20) ?? ''}" at position ` +
          `${before}: remove one of them`,
        at,
      );
    }
    seen.set(canonical, index);
    return canonical;
  });
}

function requireWarningThreshold(text: string, model: BalanceModel, pointer: string): void {
  if (!text.endsWith('%')) {
    parseMoney(text, pointer);
    return;
  }
  if (model !== 'postpaid') {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 20)}" is a percentage, which only postpaid clients can have: use an amount such as "25.00"`,
      pointer,
    );
  }
  parsePercent(text.slice(0, -1), pointer);
}
