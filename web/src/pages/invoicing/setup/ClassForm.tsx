import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { firstOf, maxLength, required } from '../../../form/checks';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import type { CustomerClass } from './queries';
import { reasonOf, useRecordSaved } from './record-form';
import { RecordFrame } from './RecordFrame';
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
    <RecordFrame
      {...{ form, record, saved, onClose }}
      name={form.field('#/name')}
      reason={form.field('#/reason')}
      save={{ create: 'createCustomerClass', update: 'updateCustomerClass' }}
      deletion={{
        operation: 'deleteCustomerClass',
        remove: (params) => unwrap(api.DELETE('/v1/customer-classes/{id}', { params })),
      }}
    >
      <Switch
        label={t('terms.classes.transfers')}
        description={t('terms.classes.transfersHint')}
        {...form.checkbox('#/transfersAllowed')}
      />
    </RecordFrame>
  );
}

function save(record: CustomerClass | null, { name, transfersAllowed, reason }: ClassValues, etag: string | null) {
  const body = { name: name.trim(), transfersAllowed, ...reasonOf(reason) };
  if (!record) return unwrap(api.POST('/v1/customer-classes', { body }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/customer-classes/{id}', { params, body }));
}
