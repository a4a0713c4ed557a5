import { creditOf, toBalance } from '../../../domain/ledger/balance.js';
import { formatMoney, moneyOf, roundBeside, type Micros } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { currencyText, moneyText, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { isOnDebt, ruleOriginFields, type RuleView } from './rule-views.js';
import { dateOrNull } from './shared.js';
import { thresholdAsAvailable } from './threshold-amount.js';

/** The parts of the sentence that heads a client's page; the page writes it in its own language. */
export const headlineSchema = z
  .strictObject({
    rule: z.string(),
    ...ruleOriginFields,
    available: moneyText,
    threshold: moneyText.openapi({
      description:
        'Available balance at which the rule is low, in the client’s currency; of a threshold on debt: what is available at that debt',
    }),
    gap: moneyText.openapi({ description: 'How far available is below the threshold (`low`), or above it' }),
    original: z
      .strictObject({ amount: moneyText, currency: currencyText })
      .nullable()
      .openapi({
        description:
          'The threshold in the profile’s currency. `threshold` and `gap` are then converted: rounded to the minor digits of ' +
          'the client’s currency, never across what they are compared with. null: nothing is converted',
      }),
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
      .openapi({ description: 'When the rule notifies, while its reason is `waiting_for_check`' }),
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
  readonly isLow: boolean;
}

interface HeadlineFacts {
  /** in the client's currency; null: unknown, or nothing limits it */
  readonly available: Micros | null;
  readonly account: AccountRow;
  /** from the client's currency to the profile's; null: there is no current rate */
  readonly rate: string | null;
  readonly nextCheckAt: Date | null;
  readonly now: number;
}

/** Compares with the balance of now, which may be newer than the one that the monitor last evaluated. */
export function headlineOf(views: readonly RuleView[], facts: HeadlineFacts): z.input<typeof headlineSchema> {
  const { available, account, rate } = facts;
  if (available === null) return null;
  const candidates = views.filter(isTold).flatMap((view) => candidateOf(view, available, account, rate));
  const low = candidates.filter(({ isLow }) => isLow);
  const chosen = low.length > 0 ? lowest(low) : highest(candidates);
  if (!chosen) return null;
  const { view, threshold, isLow } = chosen;
  const { definition } = view;
  const { currency } = account;
  const original = originalOf(view, currency);
  const gap = isLow ? threshold - available : available - threshold;
  const text = (amount: Micros, other: Micros): string =>
    formatMoney(original ? roundBeside(amount, other, currency) : amount);
  return {
    rule: definition.key,
    source: definition.source,
    audience: definition.audience,
    available: formatMoney(available),
    threshold: text(threshold, available),
    gap: text(gap, 0n),
    original,
    currency,
    low: isLow,
    since: isLow ? timeOrNull(dateOrNull(view.since)) : null,
    sent: view.count,
    max: definition.maxNotifications,
    debt: debtOf(chosen, available, account),
    waitsUntil: timeOrNull(waitEnd(view, facts)),
  };
}

function waitEnd(view: RuleView, { nextCheckAt, now }: HeadlineFacts): Date | null {
  if (view.lastReason !== 'waiting_for_check') return null;
  const at = view.nextPossibleAt ?? nextCheckAt?.getTime() ?? null;
  return at === null ? null : new Date(Math.max(at, now));
}

/** Null: the threshold is in the client's currency. */
function originalOf(
  { definition: { threshold }, currency }: RuleView,
  own: string,
): { amount: string; currency: string } | null {
  return threshold?.kind === 'below' && currency !== own
    ? { amount: formatMoney(moneyOf(threshold.value)), currency }
    : null;
}

/** Debt is what live lacks to zero, so that debt and available add up to the whole credit. */
function debtOf(
  { view, threshold }: Candidate,
  available: Micros,
  account: AccountRow,
): { owed: string; threshold: string } | null {
  if (!isOnDebt(view.definition)) return null;
  const credit = creditOf(toBalance({ ...account, live: '0' }));
  const owed = credit - available;
  return { owed: formatMoney(owed < 0n ? 0n : owed), threshold: formatMoney(credit - threshold) };
}

/** A capacity and a card have their own places on the page, and notify no one. */
function isTold({ definition }: RuleView): boolean {
  return definition.action !== 'capacity' && definition.action !== 'autopay';
}

function candidateOf(view: RuleView, available: Micros, account: AccountRow, rate: string | null): Candidate[] {
  const { threshold } = view.definition;
  const amount = threshold && thresholdAsAvailable(threshold, account, rate);
  if (amount === null) return [];
  return [
    {
      view,
      threshold: amount,
      isLow: threshold?.kind === 'below' || threshold?.kind === 'belowOwn' ? available < amount : available <= amount,
    },
  ];
}

function lowest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold > b.threshold) - Number(a.threshold < b.threshold))[0];
}

function highest(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort((a, b) => Number(a.threshold < b.threshold) - Number(a.threshold > b.threshold))[0];
}
