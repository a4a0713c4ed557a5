import { Checkbox, Fieldset, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChannelsInput } from '../../../form/recipients/ChannelsInput';
import { EmailsInput } from '../../../form/recipients/EmailsInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { UserPicker } from '../../../form/inputs/pickers';
import { t } from '../../../i18n/t';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import type { FieldsProps } from './GeneralFields';
import { thresholdHint } from './threshold-hint';

/** The two rules that every profile has; without a threshold a rule is off. */
export function RuleFields({ form }: FieldsProps): ReactNode {
  const { currency, resellerId } = form.values;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Fieldset legend={t('profiles.userNotification')}>
        <Stack gap="sm">
          <MoneyInput
            label={t('profiles.threshold')}
            description={thresholdHint(form.values.userRule.threshold)}
            currency={currency}
            {...form.field('#/userRule/threshold')}
          />
          <Checkbox
            label={t('profiles.role.owner')}
            description={t('profiles.role.ownerHint')}
            {...form.checkbox('#/userRule/notifyOwner')}
          />
          <UserPicker label={t('profiles.users')} {...form.field('#/userRule/users')} />
          <EmailsInput label={t('profiles.emails')} {...form.field('#/userRule/emails')} />
          <BouncedAddresses addresses={form.values.userRule.emails} />
          <ChannelsInput form={form} pointer="#/userRule/channels" resellerId={resellerId} />
        </Stack>
      </Fieldset>
      <Fieldset legend={t('profiles.clientNotification')}>
        <Stack gap="sm">
          <MoneyInput
            label={t('profiles.threshold')}
            description={thresholdHint(form.values.clientRule.threshold)}
            currency={currency}
            {...form.field('#/clientRule/threshold')}
          />
          <Checkbox
            label={t('profiles.role.billing')}
            description={t('profiles.role.billingHint')}
            {...form.checkbox('#/clientRule/notifyClient')}
          />
          <EmailsInput label={t('profiles.emails')} {...form.field('#/clientRule/emails')} />
          <BouncedAddresses addresses={form.values.clientRule.emails} />
          <ChannelsInput form={form} pointer="#/clientRule/channels" resellerId={resellerId} />
        </Stack>
      </Fieldset>
    </SimpleGrid>
  );
}
