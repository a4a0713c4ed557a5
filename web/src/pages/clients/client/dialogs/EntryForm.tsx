import { membersOf, type EntryKind } from '../../../../api/types';
import { Alert, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import { randomId } from '../../../../api/random-id';
import { serverNow } from '../../../../api/transport';
import { maxLength, firstOf, instantError, moneyError, required, type FieldError } from '../../../../form/checks';
import { DateTimeInput } from '../../../../form/inputs/DateTimeInput';
import { FormActions } from '../../../../form/FormActions';
import { MoneyInput } from '../../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../../form/use-api-form';
import { intlLocale } from '../../../../i18n/language';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { useRight } from '../../../../session/rights';
import { minuteMs } from '../../../../ui/durations';
import { Money } from '../../../../ui/text/Money';
import { isZero, moneyText, subtractAmounts } from '../../../../ui/text/money-text';
import { toastDone } from '../../../../ui/toast';
import { balancesQuery, useClientRefresh, type Client } from '../queries';

export const postedKinds = membersOf<Extract<EntryKind, 'payment' | 'charge' | 'adjustment'>>({
  payment: true,
  charge: true,
  adjustment: true,
});
export type PostedKind = (typeof postedKinds)[number];

export const postingOperations = {
  payment: 'postClientPayment',
  charge: 'postCharge',
  adjustment: 'postAdjustment',
} as const satisfies Record<PostedKind, string>;

interface EntryFormProps {
  readonly client: Client;
  readonly kind: PostedKind;
  readonly onClose: () => void;
}

/** Records manually what the billing system has not posted. */
export function EntryForm({ client, kind, onClose }: EntryFormProps) {
  const { id, currency, timezone } = client;
  const refresh = useClientRefresh(id);
  const right = useRight(postingOperations[kind]);
  const form = useApiForm({
    initialValues: { amount: '', at: '', note: '', id: `web-${randomId().slice(0, 13)}` },
    validate: (values) => ({
      '#/amount': firstOf(required(values.amount), amountError(kind, values.amount)),
      '#/at': firstOf(instantError(values.at), futureError(values.at)),
      '#/note': maxLength(500, values.note),
      '#/id': firstOf(required(values.id), maxLength(200, values.id)),
    }),
    save: (values) => post(kind, id, bodyOf(values, currency)),
    async onSaved(saved) {
      onClose();
      toastDone(
        t('client.recorded', { amount: moneyText(saved.amount, currency, intlLocale()) }),
        t(`client.entry.${kind}`),
      );
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <MoneyInput
          data-autofocus
          required
          label={t('client.entry.amount')}
          description={t(`client.entry.${kind}.hint`)}
          currency={currency}
          {...form.field('#/amount')}
        />
        <DateTimeInput
          label={t('client.entry.at')}
          description={t('client.entry.at.hint')}
          placeholder={t('client.entry.at.placeholder')}
          clientZone={timezone}
          {...form.field('#/at')}
        />
        <TextInput label={t('client.entry.note')} maxLength={500} {...form.field('#/note')} />
        <TextInput
          required
          label={t('client.entry.id')}
          description={t('client.entry.id.hint')}
          {...form.field('#/id')}
        />
        <Effect client={client} kind={kind} amount={form.values.amount} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('client.entry.save')} />
    </form>
  );
}

const amountError = (kind: PostedKind, amount: string): FieldError =>
  moneyError(amount, kind === 'adjustment' ? undefined : 'more_than_zero');

/** How far the user's clock may be ahead of the service's. */
const graceMs = 5 * minuteMs;

const futureError = (at: string): FieldError =>
  Date.parse(at) > serverNow() + graceMs ? t('client.entry.at.future') : null;

interface EffectProps {
  readonly client: Client;
  readonly kind: PostedKind;
  readonly amount: string;
}

/** What it does to the balance, before it does. */
function Effect({ client, kind, amount }: EffectProps): ReactNode {
  const { data: balances } = useQuery(balancesQuery(client.id));
  if (!balances || amountError(kind, amount) !== null || amount === '' || isZero(amount)) return null;
  const { currency } = client;
  const before = balances.available ?? balances.live;
  if (before === null) return null;
  const isTaken = kind === 'charge';
  const after = subtractAmounts(before, isTaken ? amount : negated(amount));
  return (
    <Alert variant="light" color="gray" p="sm">
      {rich('client.entry.effect', {
        before: <Money value={{ amount: before, currency }} />,
        after: <Money value={{ amount: after, currency }} />,
      })}{' '}
      {kind === 'payment' && t('client.entry.effectCounts')}
    </Alert>
  );
}

const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

interface Values {
  readonly amount: string;
  readonly at: string;
  readonly note: string;
  readonly id: string;
}

function bodyOf({ amount, at, note, id }: Values, currency: string) {
  return {
    id: id.trim(),
    amount,
    currency,
    at: at === '' ? new Date(serverNow()).toISOString() : at,
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}

function post(kind: PostedKind, id: string, body: ReturnType<typeof bodyOf>) {
  const params = { path: { id } };
  switch (kind) {
    case 'payment':
      return unwrap(api.POST('/v1/clients/{id}/payments', { params, body }));
    case 'charge':
      return unwrap(api.POST('/v1/clients/{id}/charges', { params, body }));
    case 'adjustment':
      return unwrap(api.POST('/v1/clients/{id}/adjustments', { params, body }));
  }
}
