import { creditOf, toBalance } from '../../../domain/balance.js';
import { formatMoney, moneyOf, type Micros } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { currencyText, moneyText, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { ruleOriginFields, type RuleView } from './rule-views.js';
import { dateOrNull } from './shared.js';
import { thresholdAsAvailable } from './threshold-amount.js';

/** The parts of the sentence that heads a client's page; the page writes it in its own language. */
export const headlineSchema = z
  .strictObject({
    rule: z.string(),
    ...ruleOriginFields,
    threshold: moneyText.openapi({
      description:
        'Available balance at which the rule is low, in the client’s currency; of a threshold on debt: what is available at that debt',
    }),
    gap: moneyText.openapi({ description: 'How far available is below the threshold (`low`), or above it' }),
    currency: currencyText,
    low: z.boolean(),
    since: timeString.nullable(),
    sent: z.int(),
    max: z.int().nullable(),
    debt: z
      .strictObject({ owed: moneyText, threshold: moneyText })
      .nullable()
      .openapi({ description: 'Of a threshold on debt: what the client owes, and the debt at which the rule is low' }),
    waitsUntil: timeString
      .nullable()
      .openapi({ description: 'The check at which the rule notifies, while its reason is `waiting_for_check`' }),
  })
  .nullable()
  .openapi({
    description:
      'The most severe rule that is low, else the one that would be low first; null: no threshold can be compared, or the ' +
      'balance is unknown',
  });

interface Candidate {
  readonly view: RuleView;
  readonly threshold: Micros;
}

interface HeadlineFacts {
  /** in the client's currency; null: unknown */
  readonly available: string | null;
  readonly account: AccountRow;
  /** from the client's currency to the profile's; null: there is no current rate */
  readonly rate: string | null;
  readonly nextCheckAt: Date | null;
}

export function headlineOf(views: readonly RuleView[], facts: HeadlineFacts): z.input<typeof headlineSchema> {
  const { available, account, rate, nextCheckAt } = facts;
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
    source: view.definition.source,
    audience: view.definition.audience,
    threshold: formatMoney(threshold),
    gap: formatMoney(distance < 0n ? 0n : distance),
    currency: account.currency,
    low: view.low,
    since: timeOrNull(dateOrNull(view.since)),
    sent: view.count,
    max: view.definition.maxNotifications,
    debt: debtOf(chosen, balance, account),
    waitsUntil: view.lastReason === 'waiting_for_check' ? timeOrNull(nextCheckAt) : null,
  };
}

/** Debt and available add up to the whole credit. */
function debtOf(
  { view, threshold }: Candidate,
  available: Micros,
  account: AccountRow,
): { owed: string; threshold: string } | null {
  const kind = view.definition.threshold?.kind;
  if (kind !== 'debtAtLeast' && kind !== 'debtShare') return null;
  const credit = creditOf(toBalance({ ...account, live: '0' }));
  const owed = credit - available;
  return { owed: formatMoney(owed < 0n ? 0n : owed), threshold: formatMoney(credit - threshold) };
}

function candidateOf(view: RuleView, account: AccountRow, rate: string | null): Candidate[] {
  const { threshold } = view.definition;
  const amount = threshold && thresholdAsAvailable(threshold, account, rate);
  return amount === null ? [] : [{ view, threshold: amount }];
}

function lowest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold > b.threshold) - Number(a.threshold < b.threshold))[0];
}

function highest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold < b.threshold) - Number(a.threshold > b.threshold))[0];
}
