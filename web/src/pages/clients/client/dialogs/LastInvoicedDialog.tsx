import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import { isApiError } from '../../../../api/problems';
import { firstOf, maxLength, required } from '../../../../form/checks';
import { FormActions } from '../../../../form/FormActions';
import { useApiForm } from '../../../../form/use-api-form';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { useSettlementRefresh } from '../../../../list/invoices/queries';
import { Money } from '../../../../ui/text/Money';
import { toastDone } from '../../../../ui/toast';
import { useClientRefresh, type Client } from '../queries';

interface LastInvoicedDialogProps {
  readonly client: Client;
  readonly onClose: () => void;
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Says up to which day the client was invoiced elsewhere, and shows before what will then be on no invoice. */
export function LastInvoicedDialog({ client, onClose }: LastInvoicedDialogProps): ReactNode {
  const { id, currency, timezone } = client;
  const refresh = useClientRefresh(id);
  const refreshMoney = useSettlementRefresh(id);
  // What was shown: another number than this one is refused.
  const shown = useRef<number | null>(null);
  const form = useApiForm({
    initialValues: { date: '', reason: '' },
    validate: ({ date, reason }) => ({
      '#/date': required(date),
      '#/reason': firstOf(required(reason), maxLength(500, reason)),
    }),
    save: ({ date, reason }) =>
      unwrap(
        api.POST('/v1/clients/{id}/last-invoiced', {
          params: { path: { id } },
          body: { date, reason: reason.trim(), ...(shown.current !== null && { expectedEntries: shown.current }) },
        }),
      ),
    async onSaved() {
      onClose();
      toastDone(t('invoices.lastInvoiced.done'));
      await refresh();
      await refreshMoney();
    },
  });
  const { date } = form.values;
  const preview = useQuery({
    queryKey: ['lastInvoiced', id, date],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/clients/{id}/last-invoiced', { params: { path: { id }, query: { date } }, signal })),
    enabled: isDate(date),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  const leftOut = preview.data;
  useEffect(() => {
    shown.current = leftOut?.entries ?? null;
  }, [leftOut]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invoices.lastInvoiced.set')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{t('invoices.lastInvoiced.effect')}</Text>
          <TextInput
            data-autofocus
            required
            type="date"
            label={t('invoices.lastInvoiced.date')}
            description={t('invoices.lastInvoiced.dateHint', { zone: timezone })}
            {...form.field('#/date')}
          />
          <Text size="sm" role="status">
            {leftOut &&
              rich('invoices.lastInvoiced.leftOut', {
                n: leftOut.entries,
                amount: <Money value={{ amount: leftOut.amount, currency }} />,
              })}
            {isApiError(preview.error) && (preview.error.errors[0]?.detail ?? preview.error.message)}
          </Text>
          <TextInput required label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
        </Stack>
        <FormActions form={form} onCancel={onClose} save={t('invoices.lastInvoiced.save')} />
      </form>
    </Modal>
  );
}
