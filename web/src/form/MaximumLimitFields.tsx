import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { CurrencySelect } from './inputs/CurrencySelect';
import { MoneyInput } from './inputs/MoneyInput';
import type { FieldProps } from './use-api-form';

interface MaximumLimitFieldsProps {
  readonly amount: FieldProps<string>;
  readonly currency: FieldProps<string>;
  readonly hint: string;
}

/** The highest permanent credit limit that a user or an API key may set (docs/roles.md). */
export function MaximumLimitFields({ amount, currency, hint }: MaximumLimitFieldsProps): ReactNode {
  return (
    <Stack gap="xs">
      <Group grow align="flex-start">
        <MoneyInput label={t('me.limit.credit')} currency={currency.value} {...amount} />
        <CurrencySelect {...currency} />
      </Group>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </Stack>
  );
}
