import { Alert, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { firstOf, moneyError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../form/use-api-form';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { Money } from '../../../ui/text/Money';
import { subtractAmounts } from '../../../ui/text/money-text';
import { toastDone } from '../../../ui/toast';
import { balancesQuery, useClientRefresh, type Client } from '../queries';

interface LimitFormProps {
  readonly client: Client;
  readonly etag: string;
  readonly onClose: () => void;
}

/** The permanent limit; a negative one asks that so much money is always left. */
export function LimitForm({ client, etag, onClose }: LimitFormProps) {
  const refresh = useClientRefresh(client.id);
  const right = useRight('setCreditLimit');
  const form = useApiForm({
    initialValues: { creditLimit: client.creditLimit, reason: '' },
    etag,
    toValues: (resource) => ({ creditLimit: (resource as Client).creditLimit, reason: '' }),
    validate: (values) => ({
      '#/creditLimit': firstOf(required(values.creditLimit), moneyError(values.creditLimit)),
      '#/reason': required(values.reason),
    }),
    save: ({ creditLimit, reason }, version) =>
      unwrap(
        api.PUT('/v1/clients/{id}/credit-limit', {
          params: { path: { id: client.id }, header: { 'If-Match': version ?? '' } },
          body: { creditLimit, reason: reason.trim() },
        }),
      ),
    async onSaved() {
      onClose();
      toastDone(t('client.limit.saved'));
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <MoneyInput
          data-autofocus
          required
          label={t('client.balance.limit')}
          description={t('client.limit.hint')}
          currency={client.currency}
          {...form.field('#/creditLimit')}
        />
        <TextInput
          required
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
        <Effect client={client} limit={form.values.creditLimit} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} nameOf={() => t('client.balance.limit')} />
    </form>
  );
}

function Effect({ client, limit }: { readonly client: Client; readonly limit: string }) {
  const { data: balances } = useQuery(balancesQuery(client.id));
  if (!balances || balances.available === null || limit === '' || moneyError(limit) !== null) return null;
  const { currency } = client;
  const raised = subtractAmounts(limit, balances.creditLimit);
  const after = subtractAmounts(balances.available, raised.startsWith('-') ? raised.slice(1) : `-${raised}`);
  return (
    <Alert variant="light" color="gray" p="sm">
      {rich('client.entry.effect', {
        before: <Money value={{ amount: balances.available, currency }} />,
        after: <Money value={{ amount: after, currency }} />,
      })}{' '}
      {t('client.limit.effect')}
    </Alert>
  );
}
