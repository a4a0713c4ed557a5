import { Paper, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import { integerError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { Fields } from '../../../ui/Fields';
import { Time } from '../../../ui/text/Time';
import type { Company } from './queries';
import { useCompanySaved } from './use-company-saved';

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly externalId: string;
  readonly email: string;
  readonly currency: string;
  readonly theirCurrency: string;
  readonly ourCurrency: string;
  readonly maxAgeMinutes: number | string;
}

function valuesOf(company: Company): Values {
  const { name, externalId, email, currency, theirCurrency, ourCurrency, maxAgeMinutes } = company;
  return {
    ...{ name, currency, theirCurrency, ourCurrency },
    externalId: externalId ?? '',
    email: email ?? '',
    maxAgeMinutes: maxAgeMinutes ?? '',
  };
}

const maxMinutes = 525_600;

interface GeneralTabProps {
  readonly company: Company;
  readonly etag: string;
  readonly onSaved: (saved: Versioned<Company>) => void;
}

export function GeneralTab({ company, etag, onSaved: show }: GeneralTabProps): ReactNode {
  const right = useRight('updateCompany');
  const onSaved = useCompanySaved(show);
  const form = useApiForm<Values, Versioned<Company>>({
    initialValues: valuesOf(company),
    etag,
    subject: { type: 'company', id: company.id },
    toValues: (resource) => valuesOf(resource as Company),
    validate: ({ name, currency, maxAgeMinutes }) => ({
      '#/name': required(name),
      '#/currency': required(currency),
      '#/maxAgeMinutes': integerError(maxAgeMinutes, 1, maxMinutes),
    }),
    save({ externalId, email, maxAgeMinutes, ...values }, version) {
      const body = {
        ...values,
        name: values.name.trim(),
        externalId: externalId.trim() || null,
        email: email.trim() || null,
        maxAgeMinutes: typeof maxAgeMinutes === 'number' ? maxAgeMinutes : null,
      };
      const params = { path: { id: company.id }, header: { 'If-Match': version ?? '' } };
      return unwrapVersioned(api.PATCH('/v1/companies/{id}', { params, body }));
    },
    onSaved,
  });
  const fixed = (isFixed: boolean) => (isFixed ? { disabled: true, description: t('companies.currency.fixed') } : {});
  return (
    <Paper component="section" withBorder p="md" maw={640}>
      <Fields
        rows={[
          [t('companies.reseller'), company.resellerName],
          [t('companies.source'), t(`companies.source.${company.source}`)],
          [t('companies.reportedAt'), company.source === 'reported' ? <Time key="at" at={company.reportedAt} /> : null],
        ]}
      />
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md" mt="md">
          <TextInput label={t('common.name')} required autoComplete="off" {...form.field('#/name')} />
          <TextInput label={t('companies.externalId')} autoComplete="off" {...form.field('#/externalId')} />
          <TextInput
            label={t('companies.email')}
            description={t('companies.email.hint')}
            type="email"
            autoComplete="off"
            {...form.field('#/email')}
          />
          <BouncedAddresses addresses={[form.values.email]} />
          <CurrencySelect label={t('companies.currency')} required {...form.field('#/currency')} />
          <CurrencySelect
            label={t('companies.theirCurrency')}
            {...fixed(company.hasTheirEntries)}
            {...form.field('#/theirCurrency')}
          />
          <CurrencySelect
            label={t('companies.ourCurrency')}
            {...fixed(company.hasOurEntries)}
            {...form.field('#/ourCurrency')}
          />
          {company.source === 'reported' && (
            <IntegerInput
              label={t('companies.maxAge')}
              description={t('companies.maxAge.hint')}
              {...form.field('#/maxAgeMinutes')}
            />
          )}
        </Stack>
        <FormActions form={form} blocked={right.reason} />
      </form>
    </Paper>
  );
}
