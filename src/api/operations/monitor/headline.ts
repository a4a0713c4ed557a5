import { formatMoney, moneyOf, type Micros } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/balance-read.js';
import { currencyText, moneyText, timeOrNull, timeString } from '../../schemas.js';
import { z } from '../../zod.js';
import { audienceOf, type RuleView } from './rule-views.js';
import { dateOrNull } from './shared.js';
import { heightOf } from './threshold-height.js';

/** The parts of the sentence that heads a client's page: the page writes it in its own language. */
export const headlineSchema = z
  .strictObject({
    rule: z.string(),
    audience: z.enum(['user', 'client', 'advanced', 'warning']),
    threshold: moneyText.openapi({
      description: 'Of available, in the client’s currency; of a threshold on debt, what is available at that debt',
    }),
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
  account: AccountRow,
  rate: string | null,
): z.input<typeof headlineSchema> {
  if (available === null) return null;
  const balance = moneyOf(available);
  const candidates = views.flatMap((view) => candidateOf(view, account, rate));
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
    currency: account.currency,
    low: view.low,
    since: timeOrNull(dateOrNull(view.since)),
    sent: view.count,
    max: view.definition.maxNotifications,
  };
}

function candidateOf(view: RuleView, account: AccountRow, rate: string | null): Candidate[] {
  const { threshold } = view.definition;
  const height = threshold && heightOf(threshold, account, rate);
  return height === null ? [] : [{ view, threshold: height }];
}

function lowest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold > b.threshold) - Number(a.threshold < b.threshold))[0];
}

function highest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold < b.threshold) - Number(a.threshold > b.threshold))[0];
}
