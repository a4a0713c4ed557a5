import { Stack, TextInput } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { randomId } from '../../../api/random-id';
import { firstOf, maxLength, moneyError, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../form/use-api-form';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { moneyText } from '../../../ui/text/money-text';
import { toastDone } from '../../../ui/toast';
import { useRefreshResellers } from '../queries';

interface EntryFormProps {
  readonly resellerId: string;
  readonly kind: 'payment' | 'adjustment';
  readonly currency: string;
  readonly onClose: () => void;
}

/** Records a payment or an adjustment in the ledger of a reseller. */
export function EntryForm({ resellerId, kind, currency, onClose }: EntryFormProps): ReactNode {
  const right = useRight(kind === 'payment' ? 'postResellerPayment' : 'postResellerAdjustment');
  const refresh = useRefreshResellers();
  // One id for one form, so that a save that is repeated records the entry once.
  const fallbackId = useRef(`web-${randomId()}`);
  const form = useApiForm({
    initialValues: { id: '', amount: '', note: '' },
    validate: ({ id, amount, note }) => ({
      '#/id': maxLength(200, id),
      '#/amount': firstOf(
        required(amount),
        kind === 'payment' ? moneyError(amount, 'more_than_zero') : moneyError(amount),
      ),
      '#/note': maxLength(500, note),
    }),
    save({ id, amount, note }) {
      const body = {
        ...{ id: id.trim() === '' ? fallbackId.current : id.trim(), amount, currency },
        ...(note.trim() !== '' && { note: note.trim() }),
      };
      const params = { path: { id: resellerId } };
      return unwrap(
        kind === 'payment'
          ? api.POST('/v1/resellers/{id}/payments', { params, body })
          : api.POST('/v1/resellers/{id}/adjustments', { params, body }),
      );
    },
    async onSaved({ amount }) {
      onClose();
      toastDone(t('resellers.entries.done', { amount: moneyText(amount, currency, intlLocale()) }));
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <MoneyInput
          data-autofocus
          required
          label={t('resellers.entries.amount')}
          description={kind === 'adjustment' ? t('resellers.entries.adjustmentHint') : undefined}
          currency={currency}
          {...form.field('#/amount')}
        />
        <TextInput label={t('resellers.entries.reference')} maxLength={200} {...form.field('#/id')} />
        <TextInput label={t('resellers.entries.note')} maxLength={500} {...form.field('#/note')} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t(`resellers.entries.${kind}`)} />
    </form>
  );
}
