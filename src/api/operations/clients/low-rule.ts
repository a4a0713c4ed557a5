import { lowReasons, type Reason } from '../../../domain/monitoring/evaluate.js';
import { identifyRule, type RuleIdentity } from '../../../domain/monitoring/rule-identity.js';
import type { Threshold } from '../../../domain/monitoring/rule-definition.js';
import { ruleDefinitions } from '../../../domain/monitoring/rules.js';
import type { Micros } from '../../../domain/money.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { z } from '../../contract/zod.js';
import { reasonSchema, ruleOriginFields, thresholdJson, thresholdSchema } from '../monitoring/rule-views.js';
import { thresholdAsAvailable } from '../monitoring/threshold-amount.js';

/** Which rule of a client is low, and why it notified or not: what lists show of its rules. */

const ruleKey = z.string().openapi({ example: 'client' });

export const ruleReasonsSchema = z
  .array(z.strictObject({ rule: ruleKey, reason: reasonSchema }))
  .openapi({ description: 'The result of each rule at the last evaluation' });

export const lowRuleSchema = z
  .strictObject({
    rule: ruleKey,
    ...ruleOriginFields,
    name: z.string().nullable(),
    threshold: thresholdSchema,
    reason: reasonSchema,
  })
  .nullable()
  .openapi({
    description:
      'The most severe rule that was low at the last evaluation: the one with the lowest threshold. null: none',
  });

interface Candidate {
  readonly identity: RuleIdentity;
  readonly threshold: Threshold;
  readonly currency: string;
  readonly reason: Reason;
  /** null: there is no exchange rate now */
  readonly available: Micros | null;
}

export function lowRuleJson(row: ClientRow): z.input<typeof lowRuleSchema> {
  const candidates = row.verdicts
    .filter(({ reason }) => lowReasons.includes(reason))
    .flatMap(({ rule, reason }) => candidateOf(row, rule, reason));
  const [lowest] = candidates.sort(byAvailable);
  if (!lowest) return null;
  const { identity, threshold, currency, reason } = lowest;
  const shown = thresholdJson(threshold, currency);
  const { key, source, audience, name } = identity;
  return shown && { rule: key, source, audience, name, threshold: shown, reason };
}

/** None: the rule was removed or turned off since. */
function candidateOf(row: ClientRow, key: string, reason: Reason): Candidate[] {
  const identity = identifyRule(key);
  const threshold = identity.source === 'profile' ? profileThreshold(row, key) : warningThreshold(row, key);
  if (!threshold) return [];
  const currency = (threshold.kind === 'below' ? row.profileCurrency : null) ?? row.currency;
  return [{ identity, threshold, currency, reason, available: thresholdAsAvailable(threshold, row, row.profileRate) }];
}

function profileThreshold({ profileThresholds }: ClientRow, key: string): Threshold | null {
  const value = profileThresholds?.[key] ?? null;
  return value === null ? null : { kind: 'below', value };
}

function warningThreshold(row: ClientRow, key: string): Threshold | null {
  const own = ruleDefinitions(null, { ...row, billingRecipients: [] });
  return own.find((definition) => definition.key === key)?.threshold ?? null;
}

/** What cannot be compared comes last; equal thresholds keep the order of the rules. */
function byAvailable(one: Candidate, other: Candidate): number {
  if (one.available === null || other.available === null) {
    return Number(one.available === null) - Number(other.available === null);
  }
  return Number(one.available > other.available) - Number(one.available < other.available);
}

/** An amount as a number, a share as text. */
export function thresholdCell(threshold: z.output<typeof thresholdSchema> | null): { number: string } | string | null {
  if (threshold === null) return null;
  return threshold.value === null ? `${threshold.percent ?? ''}%` : { number: threshold.value };
}
