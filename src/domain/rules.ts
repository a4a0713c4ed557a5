import { DomainError } from './errors.js';
import { moneyOf, parseMoney, parsePercent, rateUnit, type Micros } from './money.js';

/** Who is billed how (manual 1 and 4). `unlimited` is "No Limit": never low. */
export const balanceModels = ['prepaid', 'postpaid', 'unlimited'] as const;
export type BalanceModel = (typeof balanceModels)[number];

/** `period`: only the schedule checks. `change`: a change that carries a rule across its threshold is checked at once. */
export const triggers = ['period', 'change'] as const;
export type Trigger = (typeof triggers)[number];

/** Which refill starts a count over that leaves the rule low: any (manual 0, Max Qty), or none until it recovers. */
export const resetPolicies = ['refill', 'recovery'] as const;
export type ResetPolicy = (typeof resetPolicies)[number];

/** What happens when several rules are low at once. */
export const severalPolicies = ['each', 'mostSevere'] as const;
export type SeveralPolicy = (typeof severalPolicies)[number];

/**
 * One threshold as configuration says it: plain values that travel and are stored.
 *
 * - `below`: low while available, in the profile's currency, is strictly lower than `value` (manual 0).
 * - `atMost`: reached while available, in the client's currency, is `value` or lower (manual 1, prepaid).
 * - `debtAtLeast`: reached while the debt is `value` or higher (manual 1, postpaid).
 * - `debtShare`: reached while the debt is `percent` of a positive permanent credit limit, or higher (manual 1).
 */
export type Threshold =
  | { readonly kind: 'below'; readonly value: string }
  | { readonly kind: 'atMost'; readonly value: string }
  | { readonly kind: 'debtAtLeast'; readonly value: string }
  | { readonly kind: 'debtShare'; readonly percent: string };

/** One rule as configuration says it. `recipients` are opaque: two rules share one exactly when the strings are equal. */
export interface RuleDefinition {
  /** `user`, `client`, `advanced:<key>`, `warning:<value>`, `their`, `our`, `mutual` */
  readonly key: string;
  /** null: the rule is off */
  readonly threshold: Threshold | null;
  /** days without a charge before the rule sends; null: does not matter (manual 0, Inactivity) */
  readonly inactivityDays: number | null;
  /** sends in one count; null: unlimited (manual 0, Max Qty) */
  readonly maxSends: number | null;
  /** least time between two sends; 0: none (manual 0, Period) */
  readonly spacingMs: number;
  readonly resetOn: ResetPolicy;
  readonly recipients: readonly string[];
  /** takes part in `mostSevere` */
  readonly ranked: boolean;
}

/** A rule made ready for many evaluations: numbers parsed once. */
export interface Rule extends RuleDefinition {
  /** millionths; 0 where the threshold is off */
  readonly limit: Micros;
  /** `limit` times the rate's unit, to be compared with `available × rate` */
  readonly limitScaled: bigint;
  readonly inactivityMs: number;
}

export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly whenSeveral: SeveralPolicy;
  /** one of the rules is compared in the profile's currency */
  readonly converts: boolean;
}

const dayMs = 86_400_000;

/** Parses a set of definitions once; `evaluate` then only compares. */
export function compileRules(definitions: readonly RuleDefinition[], whenSeveral: SeveralPolicy): RuleSet {
  const rules = definitions.map((definition): Rule => {
    const limit = limitOf(definition.threshold);
    return {
      ...definition,
      limit,
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

/** What a profile says about its rules, whoever stores it (manual 0). */
export interface ProfileTerms {
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  readonly checkEveryMinutes: number | null;
  readonly trigger: Trigger;
  readonly resetOn: ResetPolicy;
  readonly whenSeveral: SeveralPolicy;
  readonly rules: readonly ProfileRuleTerms[];
}

export interface ProfileRuleTerms {
  readonly key: string;
  readonly threshold: string | null;
  readonly inactivityDays: number | null;
  readonly recipients: readonly string[];
}

/** What a client says about its own thresholds (manual 1). */
export interface ClientTerms {
  readonly balanceModel: BalanceModel;
  /** amounts, or for postpaid clients shares such as `75%` */
  readonly warningThresholds: readonly string[];
  readonly warningRecipients: readonly string[];
  /** interval where there is no profile, in minutes */
  readonly checkEveryMinutes: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Minutes between checks of a client without a profile that says nothing itself. */
export const defaultCheckEveryMinutes = 60;

/** How often a client is checked. */
export function checkIntervalMs(profile: ProfileTerms | null, client: ClientTerms): number {
  if (!profile) return client.checkEveryMinutes * minuteMs;
  return profile.checkEveryMinutes === null ? profile.periodHours * hourMs : profile.checkEveryMinutes * minuteMs;
}

/** All rules of a client, in their order: those of its profile, then its own warning thresholds. */
export function ruleDefinitions(profile: ProfileTerms | null, client: ClientTerms): RuleDefinition[] {
  return [...(profile ? profileRules(profile) : []), ...warningRules(client)];
}

function profileRules(profile: ProfileTerms): RuleDefinition[] {
  return profile.rules.map((rule) => ({
    key: rule.key,
    threshold: rule.threshold === null ? null : { kind: 'below', value: rule.threshold },
    inactivityDays: rule.inactivityDays,
    maxSends: profile.maxNotifications,
    spacingMs: profile.periodHours * hourMs,
    resetOn: profile.resetOn,
    recipients: rule.recipients,
    ranked: true,
  }));
}

/** Each mails once per episode and is re-armed only when it is no longer reached (manual 1, manual 3). */
function warningRules(client: ClientTerms): RuleDefinition[] {
  return client.warningThresholds.map((text) => ({
    key: `warning:${text}`,
    threshold: warningThreshold(text, client.balanceModel),
    inactivityDays: null,
    maxSends: 1,
    spacingMs: 0,
    resetOn: 'recovery',
    recipients: client.warningRecipients,
    ranked: false,
  }));
}

function warningThreshold(text: string, model: BalanceModel): Threshold {
  if (text.endsWith('%')) return { kind: 'debtShare', percent: text.slice(0, -1) };
  return model === 'postpaid' ? { kind: 'debtAtLeast', value: text } : { kind: 'atMost', value: text };
}

/**
 * Checks one warning threshold as a person wrote it (manual 1, Low Funds / Credit Limit Warning Threshold).
 *
 * @throws DomainError `invalid`: not an amount, or a percentage for a client that is not postpaid.
 */
export function checkWarningThreshold(text: string, model: BalanceModel, pointer: string): void {
  if (!text.endsWith('%')) {
    parseMoney(text, pointer);
    return;
  }
  if (model !== 'postpaid') {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 20)}": only a postpaid client's threshold may be a share of its credit limit; write an amount, such as "25.00"`,
      pointer,
    );
  }
  parsePercent(text.slice(0, -1), pointer);
}
