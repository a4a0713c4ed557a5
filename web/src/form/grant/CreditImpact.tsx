import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { isKey, t } from '../../i18n/t';
import { rich } from '../../i18n/rich';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { addAmounts, isNegative, isZero, moneyText } from '../../ui/text/money-text';
import { Time } from '../../ui/text/Time';
import { toneText } from '../../ui/badges/ToneBadge';
import { afterRevert, type AfterRevert } from './after-revert';
import { LimitChange } from './LimitChange';
import type { ClientCredit, GrantLimits } from './use-client-credit';

interface CreditImpactProps {
  readonly credit: ClientCredit;
  /** the amount to grant; null: not typed yet */
  readonly amount: string | null;
  /** what `available` holds of it already; null: nothing */
  readonly counted: string | null;
}

/** What the grant does, before it is done: the limit, what is available now, and what is left when it ends. */
export function CreditImpact({ credit, amount, counted }: CreditImpactProps) {
  const { client, limits, rules } = credit;
  const { available } = client.balance;
  const after = afterRevert(available, rules, { amount: counted ?? '0', isCounted: counted !== null });
  const { currency, creditLimit } = limits;
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />} title={t('credit.effect')}>
      <Fields
        rows={[
          [t('credit.availableNow'), <Money value={available} />],
          [t('credit.limitChange'), amount && <LimitChange {...{ creditLimit, amount, currency }} />],
          [t('credit.availableThen'), amount && <Then after={after} amount={amount} />],
          [t('credit.afterRevert'), <AfterRevertText after={after} />],
        ]}
      />
    </Alert>
  );
}

function Then({ after, amount }: { readonly after: AfterRevert | null; readonly amount: string }) {
  if (after === null) return t('common.unknown');
  const { available, currency } = after;
  return <Money value={{ amount: addAmounts(available, amount), currency }} />;
}

/** "−119.78 USD, under 2 thresholds", should nothing be paid or spent until then. */
export function AfterRevertText({ after }: { readonly after: AfterRevert | null }) {
  if (after === null) return t('common.unknown');
  const { available, currency, low } = after;
  return (
    <>
      <Money value={{ amount: available, currency }} />
      {low.length > 0 && <span {...toneText('orange')}> {t('credit.belowThresholds', { n: low.length })}</span>}
      <Text size="xs" c="dimmed">
        {t('credit.asOfNow')}
      </Text>
    </>
  );
}

/** What the user is about to do with credit: only new credit can be requested. */
type CreditAction = 'grant' | 'change' | 'approve';

interface MaximumProps {
  readonly limits: GrantLimits;
  readonly action?: CreditAction;
}

/** "Maximum possible increase": how much and how long I may grant to this client. */
export function Maximum({ limits, action = 'grant' }: MaximumProps): ReactNode {
  const { maxAmount, maxUntil, maxDays, currency } = limits;
  const zero = zeroMaximum(limits, action);
  if (zero !== null) {
    return (
      <Text size="sm" c="dimmed">
        {zero}
      </Text>
    );
  }
  const amount = maxAmount === null ? null : <Money value={{ amount: maxAmount, currency }} />;
  const until = maxUntil === null ? null : <Time at={maxUntil} />;
  return (
    <Text size="sm" component="div">
      {amount && until && rich('credit.maximum.both', { amount, until, n: maxDays ?? 0 })}
      {amount && !until && rich('credit.maximum.amount', { amount })}
      {!amount && until && rich('credit.maximum.until', { until, n: maxDays ?? 0 })}
      {!amount && !until && t('credit.maximum.none')}
    </Text>
  );
}

/** Why nothing at all can be granted within the maximum, and the way out; null: something can. */
export function zeroMaximum(
  { maxAmount, maxPercent, maxDays, creditLimit, currency }: GrantLimits,
  action: CreditAction = 'grant',
): string | null {
  const isNothing = (text: string | null): boolean => text !== null && (isZero(text) || isNegative(text));
  const text = t(`credit.maximum.zeroText.${action}`);
  if (maxDays === 0 || (maxPercent !== null && isZero(maxPercent))) return text;
  if (!isNothing(maxAmount)) return null;
  if (maxPercent === null || !(isZero(creditLimit) || isNegative(creditLimit))) return text;
  return t(`credit.maximum.zeroShare.${action}`, {
    percent: maxPercent,
    limit: moneyText(creditLimit, currency, intlLocale()),
  });
}

/** Why temporary credit is not available for this client. */
export function Refusal({ refusal }: { readonly refusal: GrantLimits['refusal'] }): ReactNode {
  if (!refusal) return null;
  const key = `credit.refusal.${refusal.code}`;
  return (
    <Alert variant="default" icon={<IconAlertTriangle aria-hidden />} title={t('credit.refusal')}>
      {isKey(key) ? t(key) : refusal.detail}
    </Alert>
  );
}
