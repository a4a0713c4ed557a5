import { Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import type { components } from '../../../../api/schema';
import { firstOf, maxLength, moneyError, required, type FieldError } from '../../../../form/checks';
import { FormActions } from '../../../../form/FormActions';
import { MoneyInput } from '../../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../../form/use-api-form';
import { intlLocale } from '../../../../i18n/language';
import { t } from '../../../../i18n/t';
import { refreshLists } from '../../../../list/refresh';
import { useRight } from '../../../../session/rights';
import { Fields } from '../../../../ui/Fields';
import { Money } from '../../../../ui/text/Money';
import { isZero, moneyText } from '../../../../ui/text/money-text';
import { toastDone } from '../../../../ui/toast';
import type { Client } from '../queries';

type Account = components['schemas']['Account'];

const kinds = ['debit', 'credit', 'subordinate'] as const;
const statuses = ['active', 'blocked', 'closed'] as const;

interface AccountFormProps {
  readonly client: Client;
  /** null: a new one */
  readonly account: Account | null;
  readonly etag: string;
  readonly onClose: () => void;
}

/** An account under the client. Its kind stays; it is closed instead of deleted. */
export function AccountForm({ client, account, etag, onClose }: AccountFormProps): ReactNode {
  const queries = useQueryClient();
  const right = useRight(account ? 'updateAccount' : 'createAccount');
  const form = useApiForm({
    initialValues: valuesOf(account),
    etag: account ? etag : null,
    toValues: (resource) => valuesOf(resource as Account),
    validate: (values) => ({
      '#/externalId': firstOf(required(values.externalId), maxLength(200, values.externalId)),
      '#/creditLimit': values.kind === 'credit' ? moneyError(values.creditLimit, 'zero') : null,
      '#/dailyTransferLimit': moneyError(values.dailyTransferLimit, 'more_than_zero'),
      '#/status': closingError(account, values.status),
    }),
    save: (values, version) => save(client.id, account, values, version),
    async onSaved(saved) {
      onClose();
      toastDone(t(saved.status === 'closed' ? 'accounts.closed' : 'accounts.saved', { account: saved.externalId }));
      await Promise.all([refreshLists(queries, 'accounts'), refreshLists(queries, 'audit')]);
    },
  });
  const { kind } = form.values;
  const isClosed = account?.status === 'closed';
  const status = form.field('#/status');
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        {account && <AccountMoney account={account} />}
        <TextInput
          data-autofocus
          required
          label={t('accounts.externalId')}
          description={t('accounts.externalId.hint')}
          {...form.field('#/externalId')}
        />
        <Select
          label={t('accounts.kind')}
          description={t(`accounts.kind.${kind}.hint`)}
          disabled={account !== null}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`accounts.kind.${value}`) }))}
          comboboxProps={{ withinPortal: false }}
          {...form.field('#/kind')}
        />
        {kind === 'credit' && (
          <MoneyInput
            label={t('accounts.creditLimit')}
            description={t('accounts.creditLimit.hint')}
            currency={client.currency}
            {...form.field('#/creditLimit')}
          />
        )}
        <Select
          label={t('accounts.status')}
          description={t(`accounts.status.${status.value}.hint`)}
          allowDeselect={false}
          data={statuses.map((value) => ({ value, label: t(`accounts.status.${value}`) }))}
          comboboxProps={{ withinPortal: false }}
          {...status}
        />
        <TextInput
          type="date"
          label={t('accounts.expiresOn')}
          description={t('accounts.expiresOn.hint')}
          {...form.field('#/expiresOn')}
        />
        {kind !== 'subordinate' && (
          <MoneyInput
            label={t('accounts.dailyTransferLimit')}
            description={t('accounts.dailyTransferLimit.hint')}
            currency={client.currency}
            {...form.field('#/dailyTransferLimit')}
          />
        )}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason ?? (isClosed ? t('problems.account_closed') : null)}
        onCancel={onClose}
        save={t(account ? 'common.save' : 'accounts.add')}
      />
    </form>
  );
}

function AccountMoney({ account }: { readonly account: Account }): ReactNode {
  const { balance, available, owed, currency } = account;
  const money = (amount: string | null): ReactNode => (amount === null ? null : <Money value={{ amount, currency }} />);
  return (
    <Fields
      rows={[
        [t('accounts.balance'), money(balance)],
        [t('accounts.owed'), owed !== null && !isZero(owed) ? money(owed) : null],
        [t('accounts.available'), money(available)],
      ]}
    />
  );
}

interface AccountValues extends Record<string, unknown> {
  readonly externalId: string;
  readonly kind: Account['kind'];
  readonly creditLimit: string;
  readonly status: Account['status'];
  readonly expiresOn: string;
  readonly dailyTransferLimit: string;
}

function valuesOf(account: Account | null): AccountValues {
  return {
    externalId: account?.externalId ?? '',
    kind: account?.kind ?? 'debit',
    creditLimit: account?.creditLimit ?? '0.00',
    status: account?.status ?? 'active',
    expiresOn: account?.expiresOn ?? '',
    dailyTransferLimit: account?.dailyTransferLimit ?? '',
  };
}

function save(clientId: string, account: Account | null, values: AccountValues, version: string | null) {
  const { externalId, kind, status, expiresOn, dailyTransferLimit, creditLimit } = values;
  const body = {
    externalId: externalId.trim(),
    status,
    creditLimit: kind === 'credit' && creditLimit !== '' ? creditLimit : '0.00',
    expiresOn: expiresOn === '' ? null : expiresOn,
    dailyTransferLimit: kind === 'subordinate' || dailyTransferLimit === '' ? null : dailyTransferLimit,
  };
  if (!account) {
    return unwrap(
      api.POST('/v1/clients/{id}/accounts', { params: { path: { id: clientId } }, body: { ...body, kind } }),
    );
  }
  const params = { path: { id: account.id }, header: { 'If-Match': version ?? '' } };
  return unwrap(api.PATCH('/v1/accounts/{id}', { params, body }));
}

function closingError(account: Account | null, status: Account['status']): FieldError {
  if (status !== 'closed' || !account || account.balance === null || isZero(account.balance)) return null;
  return t('accounts.notEmpty', { balance: moneyText(account.balance, account.currency, intlLocale()) });
}
