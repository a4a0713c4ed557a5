import { Stack, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { firstOf, maxLength, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { DeleteRecord } from './DeleteRecord';
import type { CustomerClass } from './queries';
import { reasonOf, useRecordSaved } from './record-form';
import type { RecordFormProps } from './RecordTab';

interface ClassValues extends Record<string, unknown> {
  name: string;
  transfersAllowed: boolean;
  reason: string;
}

const valuesOf = (record: CustomerClass | null): ClassValues => ({
  name: record?.name ?? '',
  transfersAllowed: record?.transfersAllowed ?? false,
  reason: '',
});

export function ClassForm({ record, etag, onClose }: RecordFormProps<CustomerClass>): ReactNode {
  const right = useRight(record ? 'updateCustomerClass' : 'createCustomerClass');
  const saved = useRecordSaved('customerClasses', onClose);
  const form = useApiForm({
    initialValues: valuesOf(record),
    etag,
    validate: ({ name }) => ({ '#/name': firstOf(required(name), maxLength(64, name)) }),
    save: (values, version) => save(record, values, version),
    toValues: (resource) => valuesOf(resource as CustomerClass),
    ...(record && { subject: { type: 'customer_class', id: record.id } }),
    onSaved: ({ name }) => saved(t(record ? 'terms.saved' : 'terms.createdToast', { name })),
  });
  return (
    <Stack gap="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <TextInput label={t('common.name')} required maxLength={64} {...form.field('#/name')} />
          <Switch
            label={t('terms.classes.transfers')}
            description={t('terms.classes.transfersHint')}
            {...form.checkbox('#/transfersAllowed')}
          />
          <TextInput label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
        </Stack>
        <FormActions
          form={form}
          blocked={right.reason}
          onCancel={onClose}
          save={record ? t('common.save') : t('terms.create')}
          nameOf={fieldName}
        />
      </form>
      {record && (
        <DeleteRecord
          operation="deleteCustomerClass"
          name={record.name}
          clients={record.clients}
          remove={async (reason) => {
            const params = { path: { id: record.id }, header: { 'If-Match': etagOf(record) }, query: reasonOf(reason) };
            await unwrap(api.DELETE('/v1/customer-classes/{id}', { params }));
            await saved(t('terms.deleted', { name: record.name }));
          }}
        />
      )}
    </Stack>
  );
}

function save(record: CustomerClass | null, { name, transfersAllowed, reason }: ClassValues, etag: string | null) {
  const body = { name: name.trim(), transfersAllowed, ...reasonOf(reason) };
  if (!record) return unwrap(api.POST('/v1/customer-classes', { body }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/customer-classes/{id}', { params, body }));
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const key = `audit.field.${path}`;
  return isKey(key) ? t(key) : path;
}
