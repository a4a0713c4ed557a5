import { Paper, Stack, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import { emailsError, firstOf, moneyError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { ChannelsInput } from '../../../form/recipients/ChannelsInput';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { EmailsInput } from '../../../form/recipients/EmailsInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { phoneError } from '../../../form/recipients/parse-phone';
import { SearchSelect } from '../../../form/inputs/SearchSelect';
import { alarmTemplateSource } from '../../../form/sources';
import { each, useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import type { Company, Side } from './queries';
import { useCompanySaved } from './use-company-saved';

interface SideFormProps {
  readonly company: Company;
  readonly etag: string;
  readonly side: Side;
  readonly onSaved: (saved: Versioned<Company>) => void;
}

interface SideValues {
  readonly enabled: boolean;
  readonly threshold: string;
  readonly currency: string;
  readonly alarmEmails: readonly string[];
  readonly alarmChannels: readonly { readonly channelId: string; readonly address: string | null }[];
  readonly templateId: string;
}

type Values = Record<Side, SideValues>;

function valuesOf({ their, our, mutual }: Company): Values {
  return { their: sideValues(their), our: sideValues(our), mutual: sideValues(mutual) };
}

function sideValues(side: Company[Side]): SideValues {
  const { enabled, threshold, currency, alarmEmails, templateId } = side;
  const alarmChannels = side.alarmChannels.map(({ channelId, address }) => ({ channelId, address }));
  return { enabled, threshold: threshold ?? '', currency, alarmEmails, alarmChannels, templateId: templateId ?? '' };
}

/** The threshold of one balance of a company (docs/manuals.md#companies), and who is notified. */
export function SideForm({ company, etag, side, onSaved: show }: SideFormProps): ReactNode {
  const right = useRight('updateCompany');
  const onSaved = useCompanySaved(show);
  const form = useApiForm<Values, Versioned<Company>>({
    initialValues: valuesOf(company),
    etag,
    subject: { type: 'company', id: company.id },
    toValues: (resource) => valuesOf(resource as Company),
    validate(values) {
      const { enabled, threshold, alarmEmails, alarmChannels } = values[side];
      const needed = (value: string | readonly string[]) => (enabled ? required(value) : null);
      return {
        [`#/${side}/threshold`]: firstOf(needed(threshold), moneyError(threshold)),
        [`#/${side}/alarmEmails`]: firstOf(
          alarmChannels.length === 0 ? needed(alarmEmails) : null,
          emailsError(alarmEmails),
        ),
        ...each(`#/${side}/alarmChannels`, alarmChannels, ({ address }) => ({ address: phoneError(address) })),
      };
    },
    save(values, version) {
      const { enabled, threshold, currency, alarmEmails, alarmChannels, templateId } = values[side];
      const fields = {
        ...{ enabled, currency, alarmEmails: [...alarmEmails], alarmChannels: [...alarmChannels] },
        threshold: threshold === '' ? null : threshold,
        templateId: templateId === '' ? null : templateId,
      };
      const params = { path: { id: company.id }, header: { 'If-Match': version ?? '' } };
      return unwrapVersioned(api.PATCH('/v1/companies/{id}', { params, body: { [side]: fields } }));
    },
    onSaved,
  });
  const { currency, alarmEmails } = form.values[side];
  const own = company.email?.toLowerCase();
  const goesToCompany = side === 'our' && alarmEmails.some((address) => address.toLowerCase() === own);
  return (
    <Paper component="section" withBorder p="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Switch label={t('companies.enabled')} {...form.checkbox(`#/${side}/enabled`)} />
          <MoneyInput
            label={t('companies.threshold')}
            description={t('companies.threshold.hint')}
            currency={currency}
            {...form.field(`#/${side}/threshold`)}
          />
          <CurrencySelect label={t('companies.thresholdCurrency')} {...form.field(`#/${side}/currency`)} />
          <EmailsInput label={t('companies.alarmEmails')} {...form.field(`#/${side}/alarmEmails`)} />
          <BouncedAddresses addresses={alarmEmails} />
          {goesToCompany && (
            <Text size="sm" role="status">
              {t('companies.alarmEmails.own')}
            </Text>
          )}
          <ChannelsInput form={form} pointer={`#/${side}/alarmChannels`} resellerId={company.resellerId} />
          <SearchSelect
            {...alarmTemplateSource}
            label={t('companies.template')}
            description={t('companies.template.hint')}
            {...form.field(`#/${side}/templateId`)}
          />
        </Stack>
        <FormActions form={form} blocked={right.reason} />
      </form>
    </Paper>
  );
}
