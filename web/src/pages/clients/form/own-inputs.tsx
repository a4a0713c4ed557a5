import { Radio, Stack, TagsInput as ThresholdsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { ManagerPicker, ProfilePicker, ResellerPicker } from '../../../form/inputs/pickers';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import type { ClientFieldName } from '../../../ui/text/client-field';
import { balanceModels } from '../filters';
import { hasIdleShare, thresholdsError, type ClientValues } from './client-values';
import type { SectionProps } from './section-props';

type OwnInput = (props: SectionProps) => ReactNode;

/** Fields whose input depends on more than their entry in the catalogue. */
export const ownInputs: { readonly [Name in ClientFieldName]?: OwnInput } = {
  resellerId: ({ form }) => (
    <ResellerPicker
      label={t('clients.reseller')}
      description={t('clients.form.resellerHint')}
      required
      clearable={false}
      {...form.field('#/resellerId')}
    />
  ),
  managerId: ({ form }) => (
    <ManagerPicker
      label={t('clients.manager')}
      description={t('clients.form.managerIdHint')}
      {...form.field('#/managerId')}
    />
  ),
  currency: ({ form, client }) => (
    <CurrencySelect
      label={t('clients.currency')}
      description={client ? t('clients.form.currencyHint') : undefined}
      required
      {...form.field('#/currency')}
    />
  ),
  balanceModel: BalanceModelInput,
  creditLimit: CreditLimitInput,
  openingBalance: OpeningBalanceInput,
  profileId: ({ form }) => (
    <ProfilePicker
      label={t('clients.profile')}
      description={t('clients.form.profileHint')}
      {...form.field('#/profileId')}
    />
  ),
  checkEveryMinutes: ({ form }) => (
    <IntegerInput
      label={t('clients.checkEveryMinutes')}
      description={t(form.values.profileId === '' ? 'clients.form.checkHint' : 'clients.form.checkByProfile')}
      suffix={` ${t('form.duration.minutes')}`}
      {...form.field('#/checkEveryMinutes')}
    />
  ),
  warningThresholds: WarningThresholdsInput,
};

function thresholdsHint(
  values: ClientValues,
): 'clients.form.thresholdsHint' | `clients.form.thresholds${'Postpaid' | 'Idle'}` {
  if (values.balanceModel !== 'postpaid') return 'clients.form.thresholdsHint';
  return hasIdleShare(values) ? 'clients.form.thresholdsIdle' : 'clients.form.thresholdsPostpaid';
}

/** Checked while it is typed: each value as soon as it is one. */
function WarningThresholdsInput({ form }: SectionProps): ReactNode {
  const { error, ...field } = form.field('#/warningThresholds');
  return (
    <ThresholdsInput
      label={t('clients.warningThresholds')}
      description={t(thresholdsHint(form.values))}
      style={{ gridColumn: '1 / -1' }}
      splitChars={[',', ';']}
      acceptValueOnBlur
      {...field}
      error={thresholdsError(form.values.warningThresholds, form.values.balanceModel) ?? error}
    />
  );
}

function BalanceModelInput({ form }: SectionProps): ReactNode {
  // Credit has its own right, wherever it is set.
  const credit = useRight('setCreditLimit');
  return (
    <Radio.Group
      label={t('clients.balanceModel')}
      description={credit.reason}
      disabled={!credit.allowed}
      style={{ gridColumn: '1 / -1' }}
      {...form.field('#/balanceModel')}
    >
      <Stack gap="xs" mt="xs">
        {balanceModels.map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`clients.balanceModel.${value}`)}
            description={t(`clients.form.model.${value}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function CreditLimitInput({ form }: SectionProps): ReactNode {
  const { balanceModel, currency } = form.values;
  const isUnlimited = balanceModel === 'unlimited';
  const credit = useRight('setCreditLimit');
  return (
    <MoneyInput
      label={t('clients.creditLimit')}
      description={credit.reason ?? t(isUnlimited ? 'clients.form.noCreditLimit' : 'clients.form.creditLimitHint')}
      disabled={isUnlimited || !credit.allowed}
      currency={currency}
      {...form.field('#/creditLimit')}
    />
  );
}

function OpeningBalanceInput({ form, client }: SectionProps): ReactNode {
  // An entry of the ledger, wherever it is recorded.
  const entries = useRight('postAdjustment');
  if (client) return null;
  return (
    <MoneyInput
      label={t('clients.openingBalance')}
      description={entries.reason ?? t('clients.form.openingBalanceHint')}
      disabled={!entries.allowed}
      currency={form.values.currency}
      {...form.field('#/openingBalance')}
    />
  );
}
