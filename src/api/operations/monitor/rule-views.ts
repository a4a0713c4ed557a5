import type { RuleState } from '../../../domain/monitoring/rule-state.js';
import type { RuleExplanation } from '../../../domain/monitoring/explain.js';
import { reasons, silencedUntil, type Reason } from '../../../domain/monitoring/evaluate.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { resetPolicies, ruleDefinitions, type RuleDefinition, type Threshold } from '../../../domain/monitoring/rules.js';
import type { MonitorRow } from '../../../storage/monitor-read.js';
import type { MonitoringTerms } from '../../../storage/monitoring-terms.js';
import { currencyText, moneyText, orNull, timeOrNull, timeString } from '../../schemas.js';
import { z } from '../../zod.js';
import { dateOrNull } from './shared.js';

export const reasonWord = z.enum(reasons);

const thresholdSchema = z
  .strictObject({
    comparison: z.enum(['below', 'atMost', 'debtAtLeast', 'debtShare']).openapi({
      description:
        '`below`: available is less than `value` · `atMost`: available is `value` or less · `debtAtLeast`: the debt is `value` or more · `debtShare`: the debt is `percent` of the permanent credit limit or more',
    }),
    value: moneyText.nullable(),
    percent: z.string().nullable(),
    currency: currencyText,
  })
  .openapi('Threshold');

export const ruleFields = {
  key: z.string().openapi({ example: 'client' }),
  audience: z.enum(['user', 'client', 'advanced', 'warning']),
  threshold: orNull(thresholdSchema).openapi({ description: 'null: the rule is off' }),
  recipients: z.array(z.string()).openapi({ description: 'Who would be written to now, in order' }),
  inactivityDays: z.int().nullable(),
  maxNotifications: z.int().nullable().openapi({ description: 'In one count; null: unlimited' }),
  periodHours: z.number().openapi({ description: 'Least time between two notices' }),
  resetOn: z.enum(resetPolicies),
  count: z.int().openapi({ description: 'Notices of this count' }),
  episode: z.int(),
  low: z.boolean(),
  since: timeString.nullable().openapi({ description: 'The check that first found it low' }),
  lastSentAt: timeString.nullable(),
  silencedUntil: timeString.nullable(),
  last: reasonWord.nullable().openapi({ description: 'What the last check said; null: not checked yet' }),
};

export const ruleSchema = z.strictObject(ruleFields).openapi('Rule');
export type RuleJson = z.input<typeof ruleSchema>;

/** A rule as configuration says it, and what is remembered of it. */
export interface RuleView {
  readonly definition: RuleDefinition;
  /** of the threshold */
  readonly currency: string;
  readonly count: number;
  readonly episode: number;
  readonly low: boolean;
  /** ms */
  readonly since: number | null;
  readonly sentAt: number | null;
  readonly silencedUntil: number;
  readonly last: Reason | null;
}

/** What the monitor itself says of its rules, where it could be asked. */
export interface Fresh {
  readonly rules: readonly RuleExplanation[];
  readonly silences: Readonly<Record<string, number>>;
}

/** All rules of a client in their order. */
export function ruleViews(terms: MonitoringTerms, row: MonitorRow, fresh: Fresh | null): RuleView[] {
  const { profile, client } = terms;
  return ruleDefinitions(profile, client).map((definition) => {
    const { key } = definition;
    const told = fresh?.rules.find((rule) => rule.key === key);
    // A run that was started anew has said nothing of its rules yet; the last check was one of the run before it.
    const last = told?.lastReason ?? row.verdicts.find((verdict) => verdict.rule === key)?.reason;
    return {
      definition,
      currency: definition.threshold?.kind === 'below' ? (profile?.currency ?? client.currency) : client.currency,
      ...(fresh ? snapshotOf(told?.state) : snapshotOf(row.rules[key])),
      silencedUntil: silencedUntil({ silences: (fresh ?? row).silences }, key),
      last: last ?? null,
    };
  });
}

type RuleSnapshot = Pick<RuleView, 'count' | 'episode' | 'low' | 'since' | 'sentAt'>;

const emptySnapshot: RuleSnapshot = { count: 0, episode: 1, low: false, since: null, sentAt: null };

function snapshotOf(state: RuleState | null | undefined): RuleSnapshot {
  if (!state) return emptySnapshot;
  const { count, episode, lowSince, lastNotifiedAt } = state;
  return { count, episode, low: lowSince !== null, since: lowSince, sentAt: lastNotifiedAt };
}

const hourMs = 3_600_000;

export function ruleJson(view: RuleView, now: number): RuleJson {
  const { definition } = view;
  return {
    key: definition.key,
    audience: audienceOf(definition.key),
    threshold: thresholdJson(definition.threshold, view.currency),
    recipients: [...definition.recipients],
    inactivityDays: definition.inactivityDays,
    maxNotifications: definition.maxNotifications,
    periodHours: definition.periodMs / hourMs,
    resetOn: definition.resetOn,
    count: view.count,
    episode: view.episode,
    low: view.low,
    since: timeOrNull(dateOrNull(view.since)),
    lastSentAt: timeOrNull(dateOrNull(view.sentAt)),
    silencedUntil: timeOrNull(view.silencedUntil > now ? new Date(view.silencedUntil) : null),
    last: view.last,
  };
}

export function audienceOf(key: string): RuleJson['audience'] {
  if (key === 'user' || key === 'client') return key;
  return key.startsWith('warning:') ? 'warning' : 'advanced';
}

function thresholdJson(threshold: Threshold | null, currency: string): RuleJson['threshold'] {
  if (!threshold) return null;
  const { kind } = threshold;
  return kind === 'debtShare'
    ? { comparison: kind, value: null, percent: threshold.percent, currency }
    : { comparison: kind, value: formatMoney(moneyOf(threshold.value)), percent: null, currency };
}
