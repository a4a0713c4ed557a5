import { Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, unwrap } from '../../../../api/client';
import { randomId } from '../../../../api/random-id';
import { serverNow } from '../../../../api/transport';
import { firstOf, instantError, maxLength } from '../../../../form/checks';
import { FormActions } from '../../../../form/FormActions';
import { DateTimeInput } from '../../../../form/inputs/DateTimeInput';
import { LinesInput, lineErrors, type TypedLine } from '../../../../list/invoices/LinesInput';
import { useApiForm } from '../../../../form/use-api-form';
import { intlLocale } from '../../../../i18n/language';
import { t } from '../../../../i18n/t';
import { moneyText } from '../../../../ui/text/money-text';
import { toastDone } from '../../../../ui/toast';
import { useClientRefresh, type Client } from '../queries';

interface InvoiceFormProps {
  readonly client: Client;
  readonly onClose: () => void;
}

/** Makes a draft of what no invoice has yet, with lines by hand; the draft is then shown. */
export function InvoiceForm({ client, onClose }: InvoiceFormProps): ReactNode {
  const { id, currency, timezone } = client;
  const refresh = useClientRefresh(id);
  const [, setParameters] = useSearchParams();
  // One key for as long as the form is open: what is sent twice creates one draft.
  const [key] = useState(() => randomId());
  const form = useApiForm({
    initialValues: { periodEnd: '', description: '', lines: [] as TypedLine[] },
    validate: (values) => ({
      '#/periodEnd': firstOf(
        instantError(values.periodEnd),
        Date.parse(values.periodEnd) > serverNow() ? t('client.entry.at.future') : null,
      ),
      '#/description': maxLength(500, values.description),
      ...lineErrors(values.lines),
    }),
    save: ({ periodEnd, description, lines }) =>
      unwrap(
        api.POST('/v1/clients/{id}/invoices', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: {
            ...(periodEnd !== '' && { periodEnd }),
            ...(description.trim() !== '' && { description: description.trim() }),
            lines,
          },
        }),
      ),
    async onSaved({ id: invoiceId, total }) {
      onClose();
      toastDone(t('invoices.created', { total: moneyText(total ?? '0', currency, intlLocale()) }));
      setParameters({ tab: 'invoices', invoice: invoiceId });
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t('invoices.new.hint')}</Text>
        <DateTimeInput
          data-autofocus
          label={t('invoices.periodEnd')}
          description={t('invoices.periodEnd.hint')}
          clientZone={timezone}
          placeholder={t('form.instant.pastExamples')}
          {...form.field('#/periodEnd')}
        />
        <TextInput label={t('invoices.description')} maxLength={500} {...form.field('#/description')} />
        <LinesInput
          lines={form.values.lines}
          currency={currency}
          field={(pointer) => form.field(pointer)}
          onAdd={(line) => form.mantine.insertListItem('lines', line)}
          onRemove={(index) => form.mantine.removeListItem('lines', index)}
        />
      </Stack>
      <FormActions form={form} onCancel={onClose} save={t('invoices.saveDraft')} />
    </form>
  );
}
