import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, unwrap } from '../../../../api/client';
import { randomId } from '../../../../api/random-id';
import { serverNow } from '../../../../api/transport';
import { firstOf, instantError, maxLength, moneyError, required, type FieldError } from '../../../../form/checks';
import { FormActions } from '../../../../form/FormActions';
import { DateTimeInput } from '../../../../form/inputs/DateTimeInput';
import { MoneyInput } from '../../../../form/inputs/MoneyInput';
import type { Pointer } from '../../../../form/pointer';
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

interface Line {
  readonly description: string;
  readonly amount: string;
}

/** Makes a draft of what no invoice has yet, with lines by hand; the draft is then shown. */
export function InvoiceForm({ client, onClose }: InvoiceFormProps): ReactNode {
  const { id, currency, timezone } = client;
  const refresh = useClientRefresh(id);
  const [, setParameters] = useSearchParams();
  // One key for as long as the form is open: what is sent twice creates one draft.
  const [key] = useState(() => randomId());
  const form = useApiForm({
    initialValues: { periodEnd: '', description: '', lines: [] as Line[] },
    validate: (values) => ({
      '#/periodEnd': firstOf(
        instantError(values.periodEnd),
        Date.parse(values.periodEnd) > serverNow() ? t('client.entry.at.future') : null,
      ),
      '#/description': maxLength(500, values.description),
      ...Object.fromEntries(
        values.lines.flatMap((line, index): [Pointer, FieldError][] => [
          [`#/lines/${index}/description`, firstOf(required(line.description), maxLength(200, line.description))],
          [`#/lines/${index}/amount`, firstOf(required(line.amount), moneyError(line.amount))],
        ]),
      ),
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
  const { lines } = form.values;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t('invoices.new.hint')}</Text>
        <DateTimeInput
          data-autofocus
          label={t('invoices.periodEnd')}
          description={t('invoices.periodEnd.hint')}
          clientZone={timezone}
          {...form.field('#/periodEnd')}
        />
        <TextInput label={t('invoices.description')} maxLength={500} {...form.field('#/description')} />
        {lines.map((_, index) => (
          <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              required
              label={t('invoices.lineDescription')}
              maxLength={200}
              style={{ flex: 1 }}
              {...form.field(`#/lines/${index}/description`)}
            />
            <MoneyInput
              required
              label={t('invoices.lineAmount')}
              currency={currency}
              w={140}
              {...form.field(`#/lines/${index}/amount`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('invoices.removeLine')}
              onClick={() => form.mantine.removeListItem('lines', index)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.mantine.insertListItem('lines', { description: '', amount: '' })}
        >
          {t('invoices.addLine')}
        </Button>
      </Stack>
      <FormActions form={form} onCancel={onClose} save={t('invoices.saveDraft')} />
    </form>
  );
}
