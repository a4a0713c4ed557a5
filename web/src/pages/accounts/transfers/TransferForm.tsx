import { Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { randomId } from '../../../api/random-id';
import { firstOf, maxLength, moneyError, required, type FieldError } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { SearchSelect } from '../../../form/inputs/SearchSelect';
import { useApiForm } from '../../../form/use-api-form';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { compareAmounts, moneyText } from '../../../ui/text/money-text';
import { toastDone } from '../../../ui/toast';
import { accountSource } from './account-sources';
import { accountQuery, useTransferRefresh, type Account } from './queries';
import { TransferEffect } from './TransferEffect';

interface TransferFormProps {
  /** the account from which it is opened; empty: none */
  readonly from: string;
  readonly onClose: () => void;
}

/** Moves an amount between two accounts, with what both have before and after. */
export function TransferForm({ from, onClose }: TransferFormProps): ReactNode {
  const right = useRight('createTransfer');
  const refresh = useTransferRefresh();
  const keyOf = useRequestKey();
  const known = useRef<{ source: Account | undefined; target: Account | undefined }>({
    source: undefined,
    target: undefined,
  });
  const form = useApiForm({
    initialValues: { fromAccountId: from, toAccountId: '', amount: '', note: '' },
    validate: (values) => ({
      '#/fromAccountId': firstOf(required(values.fromAccountId), sourceError(known.current.source)),
      '#/toAccountId': firstOf(
        required(values.toAccountId),
        values.toAccountId === values.fromAccountId ? t('problems.transfer_same_account') : null,
        targetError(known.current.source, known.current.target),
      ),
      '#/amount': firstOf(
        required(values.amount),
        moneyError(values.amount, 'more_than_zero'),
        fundsError(known.current.source, values.amount),
      ),
      '#/note': maxLength(500, values.note),
    }),
    save({ note, ...values }) {
      const currency = known.current.source?.currency ?? '';
      const body = { ...values, currency, ...(note.trim() !== '' && { note: note.trim() }) };
      return unwrap(api.POST('/v1/transfers', { params: { header: { 'idempotency-key': keyOf(body) } }, body }));
    },
    async onSaved({ amount, currency, from: source, to: target }) {
      onClose();
      const moved = { from: source.externalId, to: target.externalId };
      toastDone(t('accounts.transfers.done', { ...moved, amount: moneyText(amount, currency, intlLocale()) }));
      await refresh();
    },
  });
  const { fromAccountId, toAccountId, amount } = form.values;
  const { data: source } = useQuery({ ...accountQuery(fromAccountId), enabled: fromAccountId !== '' });
  const { data: target } = useQuery({ ...accountQuery(toAccountId), enabled: toAccountId !== '' });
  known.current = { source, target };
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <SearchSelect
          {...accountSource(null)}
          data-autofocus
          required
          label={t('accounts.transfers.from')}
          description={t('accounts.transfers.from.hint')}
          {...form.field('#/fromAccountId')}
        />
        <SearchSelect
          {...accountSource(source?.clientId ?? null)}
          required
          label={t('accounts.transfers.to')}
          {...form.field('#/toAccountId')}
        />
        <MoneyInput
          required
          label={t('accounts.transfers.amount')}
          currency={source?.currency ?? ''}
          {...form.field('#/amount')}
        />
        <TextInput label={t('accounts.transfers.note')} maxLength={500} {...form.field('#/note')} />
        {source && <TransferEffect source={source} target={target ?? null} amount={amount} />}
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('accounts.transfers.save')} />
    </form>
  );
}

/** One key for one request, however often it is sent: a changed form is another request. */
function useRequestKey(): (body: object) => string {
  const last = useRef({ body: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.body !== text) last.current = { body: text, key: randomId() };
    return last.current.key;
  };
}

function sourceError(source: Account | undefined): FieldError {
  if (!source) return null;
  if (source.kind === 'subordinate') return t('problems.transfer_kind');
  return source.status === 'active' ? null : t('accounts.transfers.inactive', { account: source.externalId });
}

function targetError(source: Account | undefined, target: Account | undefined): FieldError {
  if (!target) return null;
  if (target.kind === 'subordinate') return t('problems.transfer_kind');
  if (target.status !== 'active') return t('accounts.transfers.inactive', { account: target.externalId });
  if (target.expired) return t('accounts.transfers.expired', { account: target.externalId });
  return source && source.currency !== target.currency ? t('accounts.transfers.otherCurrency') : null;
}

function fundsError(source: Account | undefined, amount: string): FieldError {
  if (!source || source.available === null || compareAmounts(amount, source.available) <= 0) return null;
  return t('accounts.transfers.insufficient', {
    available: moneyText(source.available, source.currency, intlLocale()),
  });
}
