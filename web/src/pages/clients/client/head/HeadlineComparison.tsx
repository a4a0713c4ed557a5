import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { Money } from '../../../../ui/text/Money';
import { isZero } from '../../../../ui/text/money-text';
import { rulePhrase } from '../../../../ui/text/rule-label';
import { Time } from '../../../../ui/text/Time';
import type { Explanation } from '../queries';

type Headline = NonNullable<Explanation['headline']>;

/** All of one answer, so that its amounts belong together. */
export function HeadlineComparison({ headline }: { readonly headline: Headline }): ReactNode {
  const { available, gap, threshold, original, currency, low, debt, since } = headline;
  const money = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  const rule = rulePhrase(headline.rule);
  if (debt) return debtText(debt, money, { gap: money(gap), rule, low });
  const facts = { available: money(available), gap: money(gap), threshold: money(threshold), rule };
  const sinceText = since !== null && (
    <> {rich('client.headline.since', { since: <Time at={since} format="short" /> })}</>
  );
  if (original) {
    const converted = { ...facts, original: <Money value={original} /> };
    return (
      <>
        {rich(low ? 'client.headline.belowConverted' : 'client.headline.aboveConverted', converted)}
        {sinceText}
      </>
    );
  }
  return (
    <>
      {rich(low ? 'client.headline.below' : 'client.headline.above', facts)}
      {sinceText}
    </>
  );
}

function debtText(
  debt: NonNullable<Headline['debt']>,
  money: (amount: string) => ReactNode,
  { gap, rule, low }: { readonly gap: ReactNode; readonly rule: string; readonly low: boolean },
): ReactNode {
  const threshold = money(debt.threshold);
  if (isZero(debt.owed)) return rich('client.headline.noDebt', { threshold, rule });
  return rich(low ? 'client.headline.debt' : 'client.headline.debtBelow', {
    debt: money(debt.owed),
    gap,
    threshold,
    rule,
  });
}
