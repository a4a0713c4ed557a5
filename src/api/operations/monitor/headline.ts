import { formatMoney, moneyOf, rateOf, unconvertUp, type Micros } from '../../../domain/money.js';
import { currencyText, moneyText, timeOrNull, timeString } from '../../schemas.js';
import { z } from '../../zod.js';
import { audienceOf, type RuleView } from './rule-views.js';
import { dateOrNull } from './shared.js';

/** The parts of the sentence that heads a client's page: the page writes it in its own language. */
export const headlineSchema = z
  .strictObject({
    rule: z.string(),
    audience: z.enum(['user', 'client', 'advanced', 'warning']),
    threshold: moneyText.openapi({ description: 'Of available, in the client’s currency' }),
    gap: moneyText.openapi({ description: 'How far available is under the threshold (`low`), or above it' }),
    currency: currencyText,
    low: z.boolean(),
    since: timeString.nullable(),
    sent: z.int(),
    max: z.int().nullable(),
  })
  .nullable()
  .openapi({
    description:
      'The most severe rule that is low, else the one that would be low first; null: no rule has a threshold that can be ' +
      'compared, or the balance is unknown',
  });

interface Candidate {
  readonly view: RuleView;
  readonly threshold: Micros;
}

/** @param rate from the client's currency to the profile's; null: none is in force */
export function headlineOf(
  views: readonly RuleView[],
  available: string | null,
  currency: string,
  rate: string | null,
): z.input<typeof headlineSchema> {
  if (available === null) return null;
  const balance = moneyOf(available);
  const candidates = views.flatMap((view) => candidateOf(view, rate));
  const low = candidates.filter(({ view }) => view.low);
  const chosen = low.length > 0 ? lowest(low) : highest(candidates);
  if (!chosen) return null;
  const { view, threshold } = chosen;
  const distance = view.low ? threshold - balance : balance - threshold;
  return {
    rule: view.definition.key,
    audience: audienceOf(view.definition.key),
    threshold: formatMoney(threshold),
    gap: formatMoney(distance < 0n ? 0n : distance),
    currency,
    low: view.low,
    since: timeOrNull(dateOrNull(view.since)),
    sent: view.count,
    max: view.definition.maxSends,
  };
}

/** Thresholds on debt are not of available: they have their own line on the page. */
function candidateOf(view: RuleView, rate: string | null): Candidate[] {
  const { threshold } = view.definition;
  if (threshold?.kind === 'atMost') return [{ view, threshold: moneyOf(threshold.value) }];
  if (threshold?.kind !== 'below' || rate === null) return [];
  const value = moneyOf(threshold.value);
  return [{ view, threshold: rate === '1' ? value : unconvertUp(value, rateOf(rate)) }];
}

function lowest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold > b.threshold) - Number(a.threshold < b.threshold))[0];
}

function highest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold < b.threshold) - Number(a.threshold > b.threshold))[0];
}
