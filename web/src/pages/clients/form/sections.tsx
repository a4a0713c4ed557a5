import {
  Fieldset,
  NumberInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  TagsInput as ThresholdsInput,
  TextInput,
} from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { ProfilePicker, ResellerPicker } from '../../../form/inputs/pickers';
import { TagsInput } from '../../../form/inputs/TagsInput';
import type { ApiForm } from '../../../form/use-api-form';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { zones } from '../../../i18n/zone';
import { useRight } from '../../../session/rights';
import { balanceModels } from '../filters';
import { longestInterval, type Client, type ClientValues } from './client-values';

interface SectionProps {
  readonly form: ApiForm<ClientValues>;
  /** null: a new one */
  readonly client: Client | null;
}

function Section({ legend, children }: { readonly legend: string; readonly children: ReactNode }): ReactNode {
  return (
    <Fieldset legend={legend}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        {children}
      </SimpleGrid>
    </Fieldset>
  );
}

export function GeneralSection({ form, client }: SectionProps): ReactNode {
  const { timezone } = form.values;
  const zoneNames = useMemo(() => [...new Set([...zones(), ...(timezone === '' ? [] : [timezone])])], [timezone]);
  return (
    <Section legend={t('clients.section.general')}>
      <TextInput label={t('common.name')} required maxLength={200} {...form.field('#/name')} />
      <ResellerPicker
        label={t('clients.reseller')}
        description={t('clients.form.resellerHint')}
        required
        clearable={false}
        {...form.field('#/resellerId')}
      />
      <CurrencySelect
        label={t('clients.currency')}
        description={client ? t('clients.form.currencyHint') : undefined}
        required
        {...form.field('#/currency')}
      />
      <Select
        label={t('clients.timezone')}
        description={t('clients.form.timezoneHint')}
        placeholder={t('clients.form.asReseller')}
        searchable
        allowDeselect={false}
        limit={60}
        data={zoneNames}
        {...form.field('#/timezone')}
      />
      <Select
        label={t('clients.status')}
        description={t('clients.form.statusHint')}
        allowDeselect={false}
        data={(['active', 'stop'] as const).map((value) => ({ value, label: t(`clients.status.${value}`) }))}
        {...form.field('#/status')}
      />
      <TextInput
        label={t('clients.externalId')}
        description={t('clients.form.externalIdHint')}
        maxLength={200}
        {...form.field('#/externalId')}
      />
      <TagsInput label={t('clients.tags')} style={{ gridColumn: '1 / -1' }} {...form.field('#/tags')} />
    </Section>
  );
}

export function BalanceSection({ form, client }: SectionProps): ReactNode {
  const { balanceModel, currency } = form.values;
  const isUnlimited = balanceModel === 'unlimited';
  // Credit has its own right, wherever it is set.
  const credit = useRight('setCreditLimit');
  return (
    <Section legend={t('clients.section.balance')}>
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
              label={t(`clients.model.${value}`)}
              description={t(`clients.form.model.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <MoneyInput
        label={t('clients.creditLimit')}
        description={credit.reason ?? t(isUnlimited ? 'clients.form.noCreditLimit' : 'clients.form.creditLimitHint')}
        disabled={isUnlimited || !credit.allowed}
        currency={currency}
        {...form.field('#/creditLimit')}
      />
      {!client && (
        <MoneyInput
          label={t('clients.openingBalance')}
          description={t('clients.form.openingBalanceHint')}
          currency={currency}
          {...form.field('#/openingBalance')}
        />
      )}
      <TextInput label={t('clients.paymentTerms')} placeholder="7/7" maxLength={40} {...form.field('#/paymentTerms')} />
    </Section>
  );
}

export function NotificationSection({ form }: SectionProps): ReactNode {
  const { profileId, balanceModel } = form.values;
  return (
    <Section legend={t('clients.section.notifications')}>
      <ProfilePicker
        label={t('clients.profile')}
        description={t('clients.form.profileHint')}
        {...form.field('#/profileId')}
      />
      <NumberInput
        label={t('clients.checkEveryMinutes')}
        description={profileId === '' ? t('clients.form.checkHint') : t('clients.form.checkByProfile')}
        min={1}
        max={longestInterval}
        allowDecimal={false}
        suffix={` ${t('form.duration.minutes')}`}
        {...form.field('#/checkEveryMinutes')}
      />
      <ThresholdsInput
        label={t('clients.warningThresholds')}
        description={t(balanceModel === 'postpaid' ? 'clients.form.thresholdsPostpaid' : 'clients.form.thresholdsHint')}
        style={{ gridColumn: '1 / -1' }}
        splitChars={[',', ';']}
        acceptValueOnBlur
        {...form.field('#/warningThresholds')}
      />
    </Section>
  );
}

const mailLanguages = ['en', 'uk', 'de', 'es', 'fr', 'it', 'pl', 'pt', 'ro', 'tr'] as const;

export function ContactSection({ form }: SectionProps): ReactNode {
  const { locale } = form.values;
  const names = new Intl.DisplayNames(intlLocale(), { type: 'language' });
  return (
    <Section legend={t('clients.section.contacts')}>
      <TextInput
        label={t('clients.billingEmail')}
        description={t('clients.form.billingHint')}
        type="email"
        autoComplete="off"
        {...form.field('#/billingEmail')}
      />
      <TextInput
        label={t('clients.ownerEmail')}
        description={t('clients.form.ownerHint')}
        type="email"
        autoComplete="off"
        {...form.field('#/ownerEmail')}
      />
      <Select
        label={t('clients.locale')}
        description={t('clients.form.localeHint')}
        placeholder={t('clients.form.asReseller')}
        searchable
        allowDeselect={false}
        data={[...new Set([...mailLanguages, ...(locale === '' ? [] : [locale])])].map((value) => ({
          value,
          label: names.of(value) ?? value,
        }))}
        {...form.field('#/locale')}
      />
    </Section>
  );
}

export function ReasonField({ form }: SectionProps): ReactNode {
  return (
    <TextInput
      label={t('common.reason')}
      placeholder={t('form.reason.placeholder')}
      maxLength={500}
      {...form.field('#/reason')}
    />
  );
}
