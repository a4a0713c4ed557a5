import { hourMs } from '../../../domain/durations.js';
import type { RuleState } from '../../../domain/monitoring/rule-state.js';
import type { RuleExplanation } from '../../../domain/monitoring/explain.js';
import { reasons, silencedUntil, type Reason } from '../../../domain/monitoring/evaluate.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import {
  ruleActions,
  ruleActionTexts,
  ruleAudiences,
  ruleSources,
  ruleSourceSpecs,
} from '../../../domain/monitoring/rule-identity.js';
import {
  resetPolicies,
  triggers,
  type RuleDefinition,
  type Threshold,
} from '../../../domain/monitoring/rule-definition.js';
import { recipientText } from '../../../domain/notifications/channels.js';
import { mergeWindows } from '../../../domain/silences/silence-window.js';
import { ruleDefinitions } from '../../../domain/monitoring/rules.js';
import type { MonitorRow } from '../../../storage/monitoring/monitor-read.js';
import type { MonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import type { ClientSilence } from '../../../storage/silences/client-silences.js';
import { currencyText, moneyText, orNull, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { dateOrNull } from './shared.js';

export const reasonSchema = z.enum(reasons);

export const thresholdSchema = z
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

/** Where a rule comes from, and which rule of its source it is. */
export const ruleOriginFields = {
  source: z.enum(ruleSources).openapi({
    description: ruleSources.map((source) => `\`${source}\`: ${ruleSourceSpecs[source].text}`).join(' · '),
  }),
  audience: z.enum(ruleAudiences),
};

export const ruleFields = {
  key: z.string().openapi({ example: 'client' }),
  ...ruleOriginFields,
  name: z
    .string()
    .nullable()
    .openapi({ description: 'The key of an advanced rule, or the value of a warning threshold; null: neither' }),
  action: z.enum(ruleActions).openapi({
    description: ruleActions.map((action) => `\`${action}\`: ${ruleActionTexts[action]}`).join(' · '),
  }),
  threshold: orNull(thresholdSchema).openapi({ description: 'null: the rule is off' }),
  trigger: z.enum(triggers).openapi({
    description:
      '`period`: notifies only at scheduled and manual checks · `change`: notifies as soon as counter and period allow',
  }),
  recipients: z.array(z.string()).openapi({
    description: 'Addresses and channels that a notification would go to now, in order',
    example: ['a@b.example', 'NOC (Slack)'],
  }),
  inactivityDays: z.int().nullable(),
  maxNotifications: z
    .int()
    .nullable()
    .openapi({ description: 'Notifications until the counter resets; null: no limit' }),
  periodHours: z.number().openapi({ description: 'Minimum time between two notifications' }),
  resetOn: z.enum(resetPolicies),
  count: z.int().openapi({ description: 'Notifications that count toward `maxNotifications`' }),
  episode: z.int().openapi({ description: 'Number of this counter run' }),
  low: z.boolean(),
  since: timeString.nullable().openapi({ description: 'The evaluation that first found the rule low' }),
  lastNotifiedAt: timeString
    .nullable()
    .openapi({ description: 'The last notification, also of an earlier counter run; null: none yet' }),
  silencedUntil: timeString.nullable(),
  lastReason: reasonSchema
    .nullable()
    .openapi({ description: 'Result of the last evaluation; null: not evaluated yet' }),
};

export const ruleSchema = z.strictObject(ruleFields).openapi('Rule');
type RuleJson = z.input<typeof ruleSchema>;

/** A rule as it is configured, with its state. Instants are ms. */
export interface RuleView extends RuleSnapshot {
  readonly definition: RuleDefinition;
  /** as people read them */
  readonly recipients: readonly string[];
  /** of the threshold */
  readonly currency: string;
  /** 0: not silenced */
  readonly silencedUntil: number;
  readonly lastReason: Reason | null;
  /** the monitor's answer: when the rule can notify next, not before now; null: not as things are, or not known */
  readonly nextPossibleAt: number | null;
}

/** What is stored of a rule, as a monitor or the read model shows it. */
interface RuleSnapshot {
  readonly count: number;
  readonly episode: number;
  readonly low: boolean;
  readonly since: number | null;
  readonly lastNotifiedAt: number | null;
}

/** What the monitor itself answers about its rules. */
interface LiveExplanation {
  readonly rules: readonly RuleExplanation[];
  readonly silences: Readonly<Record<string, number>>;
}

/**
 * All rules of a client in their order.
 *
 * @param live what the monitor answers; null: the read model is used
 * @param covering silences over many clients that cover it
 */
export function ruleViews(
  terms: MonitoringTerms,
  row: MonitorRow,
  live: LiveExplanation | null,
  covering: readonly ClientSilence[],
  now: number,
): RuleView[] {
  const { profile, client } = terms;
  const silenceWindows = mergeWindows(
    covering.map(({ from, until }) => ({ from: from.getTime(), until: until.getTime() })),
  );
  return ruleDefinitions(profile, client).map((definition) => {
    const { key } = definition;
    const explained = live?.rules.find((rule) => rule.key === key);
    // A run that has not evaluated yet: the results of the run before it hold.
    const lastReason = explained?.lastReason ?? row.verdicts.find((verdict) => verdict.rule === key)?.reason ?? null;
    const snapshot = snapshotOf((live ? explained?.state : row.rules[key]) ?? null);
    return {
      ...snapshot,
      definition,
      recipients: definition.recipients.map((recipient) => recipientText(recipient, terms.channels)),
      currency: definition.threshold?.kind === 'below' ? (profile?.currency ?? client.currency) : client.currency,
      // A rule that was turned off keeps what it had.
      low: snapshot.low && lastReason !== 'off',
      silencedUntil: silencedUntil({ silences: (live ?? row).silences, silenceWindows }, key, now),
      lastReason,
      // The monitor's clock is that of its last task: what was possible then is possible now.
      nextPossibleAt: explained?.nextPossibleAt ? Math.max(explained.nextPossibleAt, now) : null,
    };
  });
}

/** A threshold on what the client owes, not on what is available. */
export function isOnDebt({ threshold }: Pick<RuleDefinition, 'threshold'>): boolean {
  return threshold?.kind === 'debtAtLeast' || threshold?.kind === 'debtShare';
}

const emptySnapshot: RuleSnapshot = {
  count: 0,
  episode: 1,
  low: false,
  since: null,
  lastNotifiedAt: null,
};

function snapshotOf(state: RuleState | null): RuleSnapshot {
  if (!state) return emptySnapshot;
  const { count, episode, lowSince, lastNotifiedAt } = state;
  return { count, episode, low: lowSince !== null, since: lowSince, lastNotifiedAt };
}

export function ruleJson(view: RuleView, now: number): RuleJson {
  const { definition } = view;
  return {
    key: definition.key,
    source: definition.source,
    audience: definition.audience,
    name: definition.name,
    action: definition.action,
    threshold: thresholdJson(definition.threshold, view.currency),
    trigger: definition.trigger,
    recipients: [...view.recipients],
    inactivityDays: definition.inactivityDays,
    maxNotifications: definition.maxNotifications,
    periodHours: definition.periodMs / hourMs,
    resetOn: definition.resetOn,
    count: view.count,
    episode: view.episode,
    low: view.low,
    since: timeOrNull(dateOrNull(view.since)),
    lastNotifiedAt: timeOrNull(dateOrNull(view.lastNotifiedAt)),
    silencedUntil: timeOrNull(view.silencedUntil > now ? new Date(view.silencedUntil) : null),
    lastReason: view.lastReason,
  };
}

export function thresholdJson(threshold: Threshold | null, currency: string): RuleJson['threshold'] {
  if (!threshold) return null;
  const { kind } = threshold;
  return kind === 'debtShare'
    ? { comparison: kind, value: null, percent: threshold.percent, currency }
    : {
        comparison: kind === 'belowOwn' ? 'below' : kind,
        value: formatMoney(moneyOf(threshold.value)),
        percent: null,
        currency,
      };
}
