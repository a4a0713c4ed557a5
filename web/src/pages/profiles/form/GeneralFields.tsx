import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { DurationInput } from '../../../form/inputs/DurationInput';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { ResellerPicker } from '../../../form/inputs/pickers';
import type { ApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import type { ProfileValues } from './profile-values';

export interface FieldsProps {
  readonly form: ApiForm<ProfileValues>;
}

/** The upper half of the manual's window. */
export function GeneralFields({ form }: FieldsProps): ReactNode {
  return (
    <Fieldset legend={t('profiles.general')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <TextInput label={t('common.name')} required maxLength={200} {...form.field('#/name')} />
        <ResellerPicker
          label={t('profiles.reseller')}
          description={t('profiles.resellerHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          clearable={false}
          {...form.field('#/resellerId')}
        />
        <CurrencySelect
          description={t('profiles.currencyHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          allowDeselect={false}
          {...form.field('#/currency')}
        />
        <IntegerInput
          label={t('profiles.sortOrder')}
          description={t('profiles.sortOrderHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          {...form.field('#/sortOrder')}
        />
        <IntegerInput
          label={t('profiles.max')}
          description={t('profiles.maxHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('common.unlimited')}
          {...form.field('#/maxNotifications')}
        />
        <DurationInput
          label={t('profiles.period')}
          required
          unit="hours"
          picks={[1, 6, 12, 24, 72, 168]}
          {...form.field('#/periodHours')}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
