import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { CurrencySelect } from './inputs/CurrencySelect';
import { IntegerInput } from './inputs/IntegerInput';
import { MoneyInput } from './inputs/MoneyInput';
import { PercentInput } from './inputs/PercentInput';
import type { FieldProps } from './use-api-form';

interface MaximumIncreaseFieldsProps {
  readonly amount: FieldProps<string>;
  readonly amountCurrency: FieldProps<string>;
  readonly percent: FieldProps<string>;
  readonly days: FieldProps<number | string>;
  /** as it is chosen in the form */
  readonly currency: string;
  readonly hint: string;
}

/** The maximum possible increase of a user or an API key (docs/manuals.md#maximum-possible-increase). */
export function MaximumIncreaseFields(props: MaximumIncreaseFieldsProps): ReactNode {
  const { amount, amountCurrency, percent, days, currency, hint } = props;
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <MoneyInput label={t('me.limit.amount')} currency={currency} {...amount} />
        <CurrencySelect {...amountCurrency} />
      </Group>
      <Group grow align="flex-start">
        <PercentInput label={t('me.limit.percent')} {...percent} />
        <IntegerInput label={t('me.limit.days')} {...days} />
      </Group>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </Stack>
  );
}
