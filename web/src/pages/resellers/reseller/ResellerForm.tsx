import { Fieldset, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { BouncedAddresses } from '../../../form/BouncedAddresses';
import { firstOf, maxLength, moneyError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { ResellerPicker } from '../../../form/inputs/pickers';
import { languageOptions } from '../../../form/languages';
import { useApiForm } from '../../../form/use-api-form';
import { supportedValues } from '../../../i18n/intl';
import { isKey, t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { useMe } from '../../../session/session';
import { toastDone } from '../../../ui/toast';
import { reasonOf, useRefreshResellers, type Reseller } from '../queries';

interface ResellerFormProps {
  /** null: a new one */
  readonly reseller: Reseller | null;
  readonly etag: string | null;
  readonly kind: 'reseller' | 'manager';
  readonly parentId: string;
  readonly onCancel: () => void;
}

interface Values extends Record<string, unknown> {
  parentId: string;
  name: string;
  email: string;
  locale: string;
  timezone: string;
  currency: string;
  credit: string;
  reason: string;
}

const valuesOf = (reseller: Reseller | null, parentId: string): Values => ({
  parentId,
  name: reseller?.name ?? '',
  email: reseller?.email ?? '',
  locale: reseller?.locale ?? 'en',
  timezone: reseller?.timezone ?? 'UTC',
  currency: reseller?.currency ?? '',
  credit: reseller?.credit ?? '0.00',
  reason: '',
});

/** What a reseller or a manager is called, who is notified, and the terms of its ledger. */
export function ResellerForm({ reseller, etag, kind, parentId, onCancel }: ResellerFormProps): ReactNode {
  const navigate = useNavigate();
  const me = useMe();
  const refresh = useRefreshResellers();
  const { reason: blocked } = useRight(reseller ? 'updateReseller' : 'createReseller');
  // A manager has no balance, the operator no one above, and the ledger of a reseller is kept by the one above.
  const hasLedger = kind === 'reseller' && reseller?.kind !== 'operator' && reseller?.id !== me.resellerId;
  const form = useApiForm<Values, Versioned<Reseller>>({
    initialValues: valuesOf(reseller, parentId),
    etag,
    validate: ({ name, credit }) => ({
      '#/name': firstOf(required(name), maxLength(200, name)),
      '#/credit': hasLedger ? moneyError(credit, 'zero') : null,
    }),
    save: (values, version) => save(reseller, kind, hasLedger, values, version),
    toValues: (resource) => valuesOf(resource as Reseller, parentId),
    ...(reseller && { subject: { type: 'reseller', id: reseller.id } }),
    async onSaved({ value: { id, name } }) {
      toastDone(t(reseller ? 'resellers.saved' : 'resellers.createdToast', { name }));
      await refresh();
      if (!reseller) await navigate(`/resellers/${id}`, { replace: true });
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <fieldset
        disabled={blocked !== null || reseller?.status === 'deleted'}
        style={{ border: 0, padding: 0, margin: 0, minInlineSize: 0 }}
      >
        <Stack gap="md" maw={720}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
            <TextInput label={t('common.name')} required maxLength={200} {...form.field('#/name')} />
            {!reseller && (
              <ResellerPicker label={t('resellers.parent')} required clearable={false} {...form.field('#/parentId')} />
            )}
            <TextInput
              label={t('resellers.email')}
              description={t('resellers.emailHint')}
              type="email"
              maxLength={254}
              {...form.field('#/email')}
            />
            <BouncedAddresses addresses={[form.values.email]} />
            <Select
              label={t('resellers.locale')}
              allowDeselect={false}
              data={languageOptions(form.values.locale)}
              {...form.field('#/locale')}
            />
            <Select
              label={t('resellers.timezone')}
              searchable
              allowDeselect={false}
              data={['UTC', ...supportedValues('timeZone').filter((zone) => zone !== 'UTC')]}
              {...form.field('#/timezone')}
            />
          </SimpleGrid>
          {hasLedger && (
            <Fieldset legend={t('resellers.ledger')}>
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
                <CurrencySelect
                  label={t('resellers.currency')}
                  description={t('resellers.currencyHint')}
                  clearable
                  {...form.field('#/currency')}
                />
                <MoneyInput
                  label={t('resellers.credit')}
                  description={t('resellers.creditHint')}
                  currency={form.values.currency}
                  {...form.field('#/credit')}
                />
              </SimpleGrid>
            </Fieldset>
          )}
          <TextInput label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
        </Stack>
      </fieldset>
      <FormActions
        form={form}
        nameOf={fieldName}
        blocked={blocked}
        isPage
        save={reseller ? t('common.save') : t('resellers.create')}
        onCancel={onCancel}
      />
    </form>
  );
}

function save(
  reseller: Reseller | null,
  kind: 'reseller' | 'manager',
  hasLedger: boolean,
  { parentId, name, email, locale, timezone, currency, credit, reason }: Values,
  etag: string | null,
): Promise<Versioned<Reseller>> {
  const body = {
    ...{ name: name.trim(), email: email.trim() === '' ? null : email.trim(), locale, timezone },
    ...(hasLedger && { currency: currency === '' ? null : currency, credit: credit === '' ? '0.00' : credit }),
    ...reasonOf(reason),
  };
  if (!reseller) return unwrapVersioned(api.POST('/v1/resellers', { body: { ...body, kind, parentId } }));
  const params = { path: { id: reseller.id }, header: { 'If-Match': etag ?? '' } };
  return unwrapVersioned(api.PATCH('/v1/resellers/{id}', { params, body }));
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const key = `resellers.${path}`;
  return isKey(key) ? t(key) : path;
}
