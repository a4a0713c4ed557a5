import { Alert, Stack, TextInput } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../../api/client';
import { clientFieldSections } from '../../../../api/client-fields';
import { firstOf, moneyError, required } from '../../../../form/checks';
import { FormActions } from '../../../../form/FormActions';
import { MoneyInput } from '../../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../../form/use-api-form';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { useRight } from '../../../../session/rights';
import { Money } from '../../../../ui/text/Money';
import { compareAmounts, subtractAmounts } from '../../../../ui/text/money-text';
import { toastDone } from '../../../../ui/toast';
import { LimitMaximum } from '../LimitMaximum';
import { balancesQuery, creditLimitQuery, useClientRefresh, type Client } from '../queries';

const { digits: limitDigits } = clientFieldSections.originator.creditLimit;

interface LimitFormProps {
  readonly client: Client;
  readonly etag: string;
  readonly onClose: () => void;
}

/** The permanent limit; a negative one asks that so much money is always left. Above the user's maximum it is asked for. */
export function LimitForm({ client, etag, onClose }: LimitFormProps) {
  const refresh = useClientRefresh(client.id);
  const right = useRight('setCreditLimit');
  const { data: limit } = useQuery(creditLimitQuery(client.id));
  const isAbove = (wanted: string): boolean => isAboveMaximum(wanted, client, limit?.maximum ?? null);
  const form = useApiForm({
    initialValues: { creditLimit: client.creditLimit, reason: '' },
    etag,
    toValues: (resource) => ({ creditLimit: (resource as Client).creditLimit, reason: '' }),
    validate: (values) => ({
      '#/creditLimit': firstOf(required(values.creditLimit), moneyError(values.creditLimit, undefined, limitDigits)),
      '#/reason': required(values.reason),
    }),
    async save({ creditLimit, reason }, version) {
      const body = { creditLimit, reason: reason.trim() };
      const path = { id: client.id };
      const isRequest = isAbove(creditLimit);
      if (isRequest) await unwrap(api.POST('/v1/clients/{id}/credit-requests', { params: { path }, body }));
      else {
        const params = { path, header: { 'If-Match': version ?? '' } };
        await unwrap(api.PUT('/v1/clients/{id}/credit-limit', { params, body }));
      }
      return { isRequest };
    },
    async onSaved({ isRequest }) {
      onClose();
      toastDone(t(isRequest ? 'credit.request.sentToast' : 'client.limit.saved'));
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
        <LimitMaximum client={client} />
        <TextInput
          required
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
        <Effect client={client} limit={form.values.creditLimit} />
        {isAbove(form.values.creditLimit) && (
          <Alert variant="light" color="orange" icon={<IconUserCheck aria-hidden />}>
            {t('credit.request.whyLimit')}
          </Alert>
        )}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={onClose}
        nameOf={() => t('client.balance.limit')}
        {...(isAbove(form.values.creditLimit) && { save: t('credit.request.send') })}
      />
    </form>
  );
}

function isAboveMaximum(
  wanted: string,
  { creditLimit, currency }: Client,
  maximum: { readonly amount: string; readonly currency: string } | null,
): boolean {
  if (!maximum || maximum.currency !== currency || wanted === '' || moneyError(wanted) !== null) return false;
  return compareAmounts(wanted, maximum.amount) > 0 && compareAmounts(wanted, creditLimit) > 0;
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
