import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { isKey, t } from '../../i18n/t';
import { rich } from '../../i18n/rich';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { addAmounts } from '../../ui/text/money-text';
import { Time } from '../../ui/text/Time';
import { toneText } from '../../ui/badges/ToneBadge';
import { afterRevert, type AfterRevert } from './after-revert';
import { LimitChange } from './grants-list';
import type { ClientCredit } from './use-client-credit';

interface CreditImpactProps {
  readonly credit: ClientCredit;
  /** what is lent; null: not typed yet */
  readonly amount: string | null;
  /** what `available` holds of it already; null: nothing */
  readonly counted: string | null;
}

/** What lending does, before it is done: the limit, what is available now, and what is left when it ends. */
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

type Limits = components['schemas']['TemporaryCreditLimits'];

/** "Maximum possible increase": how much and how long I may lend to this client. */
export function Maximum({ limits }: { readonly limits: Limits }): ReactNode {
  const { maxAmount, maxUntil, maxDays, currency } = limits;
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

/** Why nothing can be lent to this client now. */
export function Refusal({ refusal }: { readonly refusal: Limits['refusal'] }): ReactNode {
  if (!refusal) return null;
  const key = `credit.refusal.${refusal.code}`;
  return (
    <Alert variant="default" icon={<IconAlertTriangle aria-hidden />} title={t('credit.refusal')}>
      {isKey(key) ? t(key) : refusal.detail}
    </Alert>
  );
}
