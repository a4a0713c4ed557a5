import { Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../api/client';
import { maxLength } from '../../form/checks';
import { FormActions } from '../../form/FormActions';
import { LinesInput, lineErrors, type TypedLine } from './LinesInput';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { toastDone } from '../../ui/toast';
import { useSettlementRefresh, type InvoiceDetail } from './queries';

interface EditDraftDialogProps {
  readonly invoice: InvoiceDetail;
  readonly onClose: () => void;
}

function valuesOf({ description, review, lines }: InvoiceDetail) {
  return {
    description: description ?? '',
    review,
    lines: lines
      .filter(({ kind, entries }) => kind === 'typed' && entries === null)
      .map((line): TypedLine => ({ description: line.description ?? '', amount: line.amount })),
  };
}

/** Changes the lines by hand and the description of a draft; its charges follow from the period. */
export function EditDraftDialog({ invoice, onClose }: EditDraftDialogProps): ReactNode {
  const { id, clientId, currency, replaces } = invoice;
  const refresh = useSettlementRefresh(clientId);
  const form = useApiForm({
    initialValues: valuesOf(invoice),
    etag: etagOf(invoice),
    validate: ({ description, lines }) => ({ '#/description': maxLength(500, description), ...lineErrors(lines) }),
    save: ({ description, review, lines }, etag) => {
      const text = description.trim();
      return unwrap(
        api.PATCH('/v1/invoices/{id}', {
          params: { path: { id }, header: { 'If-Match': etag ?? '' } },
          body: { description: text === '' ? null : text, review, lines },
        }),
      );
    },
    async onSaved() {
      onClose();
      toastDone(t('invoices.edited'));
      await refresh();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invoices.edit.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{t(replaces === null ? 'invoices.edit.hint' : 'invoices.edit.replaces')}</Text>
          <TextInput
            data-autofocus
            label={t('invoices.description')}
            maxLength={500}
            {...form.field('#/description')}
          />
          <LinesInput
            lines={form.values.lines}
            currency={currency}
            field={(pointer) => form.field(pointer)}
            onAdd={(line) => form.mantine.insertListItem('lines', line)}
            onRemove={(index) => form.mantine.removeListItem('lines', index)}
          />
          <Switch label={t('invoices.review')} description={t('invoices.reviewHint')} {...form.checkbox('#/review')} />
        </Stack>
        <FormActions form={form} onCancel={onClose} save={t('common.save')} />
      </form>
    </Modal>
  );
}
