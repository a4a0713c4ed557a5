import { Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { required } from '../../form/checks';
import { FormActions } from '../../form/FormActions';
import { CurrencySelect } from '../../form/inputs/CurrencySelect';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { useRight } from '../../session/rights';
import { toastDone } from '../../ui/toast';

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly externalId: string;
  readonly email: string;
  readonly currency: string;
  readonly theirCurrency: string;
  readonly ourCurrency: string;
  readonly source: 'ledger' | 'reported';
}

const empty: Values = {
  ...{ name: '', externalId: '', email: '', currency: '', theirCurrency: '', ourCurrency: '' },
  source: 'ledger',
};

/** A new company; its thresholds are set on its page. */
export function NewCompanyForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const right = useRight('createCompany');
  const form = useApiForm({
    initialValues: empty,
    validate: ({ name, currency }) => ({ '#/name': required(name), '#/currency': required(currency) }),
    save({ name, externalId, email, currency, theirCurrency, ourCurrency, source }) {
      const body = {
        name: name.trim(),
        externalId: externalId.trim() || null,
        email: email.trim() || null,
        currency,
        ...(theirCurrency !== '' && { theirCurrency }),
        ...(ourCurrency !== '' && { ourCurrency }),
        source,
      };
      return unwrap(api.POST('/v1/companies', { body }));
    },
    async onSaved({ id, name }) {
      toastDone(t('companies.created', { name }));
      await refreshLists(queries, 'companies');
      void navigate(`/companies/${id}?tab=their`);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <TextInput label={t('common.name')} required data-autofocus autoComplete="off" {...form.field('#/name')} />
        <TextInput label={t('companies.externalId')} autoComplete="off" {...form.field('#/externalId')} />
        <TextInput
          label={t('companies.email')}
          description={t('companies.email.hint')}
          type="email"
          autoComplete="off"
          {...form.field('#/email')}
        />
        <CurrencySelect label={t('companies.currency')} required {...form.field('#/currency')} />
        <CurrencySelect label={t('companies.theirCurrency')} clearable {...form.field('#/theirCurrency')} />
        <CurrencySelect label={t('companies.ourCurrency')} clearable {...form.field('#/ourCurrency')} />
        <Select
          label={t('companies.source')}
          description={t('companies.source.hint')}
          allowDeselect={false}
          data={(['ledger', 'reported'] as const).map((value) => ({ value, label: t(`companies.source.${value}`) }))}
          comboboxProps={{ withinPortal: false }}
          {...form.field('#/source')}
        />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('companies.new')} />
    </form>
  );
}
