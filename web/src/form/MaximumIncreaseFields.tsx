import { Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { CurrencySelect } from './inputs/CurrencySelect';
import { MoneyInput } from './inputs/MoneyInput';
import { PercentInput } from './inputs/PercentInput';
import type { ApiForm } from './use-api-form';

interface MaximumIncreaseFieldsProps {
  readonly field: ApiForm<Record<string, unknown>>['field'];
  /** as it is chosen in the form */
  readonly currency: string;
  readonly hint: string;
}

/** The "Maximum possible increase" of a user or of a key (manual 1): amount, share and days. */
export function MaximumIncreaseFields({ field, currency, hint }: MaximumIncreaseFieldsProps): ReactNode {
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <MoneyInput label={t('me.limit.amount')} currency={currency} {...field('#/maximumIncrease/amount/amount')} />
        <CurrencySelect {...field('#/maximumIncrease/amount/currency')} />
      </Group>
      <Group grow align="flex-start">
        <PercentInput label={t('me.limit.percent')} {...field('#/maximumIncrease/percent')} />
        <NumberInput
          label={t('me.limit.days')}
          min={1}
          max={36_600}
          allowDecimal={false}
          {...field('#/maximumIncrease/days')}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </Stack>
  );
}
