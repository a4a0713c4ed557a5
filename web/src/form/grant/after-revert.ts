import type { components } from '../../api/schema';
import { compareAmounts, subtractAmounts } from '../../ui/text/money-text';

type Rule = Pick<components['schemas']['ExplainedRule'], 'key' | 'audience' | 'threshold' | 'low'>;
type Available = components['schemas']['Client']['balance']['available'];

/** The client when a temporary credit has ended, should nothing be paid or spent until then. */
export interface AfterRevert {
  readonly available: string;
  readonly currency: string;
  /** rules that are low then; of those whose threshold is in the client's currency */
  readonly low: readonly Rule[];
}

interface CreditOf {
  readonly amount: string;
  /** false: `available` does not hold it yet */
  readonly isCounted: boolean;
}

/** Null where the balance is unknown or has no limit. */
export function afterRevert(available: Available, rules: readonly Rule[], credit: CreditOf): AfterRevert | null {
  const amount = knownAmount(available);
  if (available === null || amount === null) return null;
  const after = credit.isCounted ? subtractAmounts(amount, credit.amount) : amount;
  const { currency } = available;
  return { available: after, currency, low: rules.filter((rule) => isLow(rule, after, currency)) };
}

function knownAmount(available: Available): string | null {
  return available !== null && 'amount' in available ? (available.amount ?? null) : null;
}

/** Thresholds of a debt depend on the limit itself: the service judges them, not this page. */
function isLow({ threshold }: Rule, available: string, currency: string): boolean {
  if (!threshold || threshold.value === null || threshold.currency !== currency) return false;
  const distance = compareAmounts(available, threshold.value);
  if (threshold.comparison === 'below') return distance < 0;
  return threshold.comparison === 'atMost' && distance <= 0;
}
