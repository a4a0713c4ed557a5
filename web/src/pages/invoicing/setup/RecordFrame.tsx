import { Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { etagOf } from '../../../api/client';
import { FormActions } from '../../../form/FormActions';
import type { ApiForm, FieldProps } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { useRight, type OperationId } from '../../../session/rights';
import { DeleteRecord } from './DeleteRecord';
import { reasonOf } from './record-form';

interface FramedRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** that use it */
  readonly clients: number;
}

/** What the API takes to delete a record. */
interface DeleteParameters {
  readonly path: { readonly id: string };
  readonly header: { readonly 'If-Match': string };
  readonly query: { readonly reason?: string };
}

interface RecordFrameProps<Values extends Record<string, unknown>> {
  readonly form: ApiForm<Values>;
  readonly name: FieldProps<string>;
  readonly reason: FieldProps<string>;
  /** null: a new one */
  readonly record: FramedRecord | null;
  readonly save: { readonly create: OperationId; readonly update: OperationId };
  readonly saved: (message: string) => Promise<void>;
  readonly onClose: () => void;
  /** what a change does to the clients that use it */
  readonly applies?: 'terms.terms.applies' | 'terms.taxes.applies';
  /** absent: a record of this kind stays */
  readonly deletion?: {
    readonly operation: OperationId;
    readonly remove: (params: DeleteParameters) => Promise<unknown>;
  };
  /** its own fields, between the name and the reason */
  readonly children: ReactNode;
}

/** The form of a record of the setup, whatever its kind: name, reason, saving, deleting. */
export function RecordFrame<Values extends Record<string, unknown>>(props: RecordFrameProps<Values>): ReactNode {
  const { form, name, reason, record, save, saved, onClose, applies, deletion, children } = props;
  const right = useRight(record ? save.update : save.create);
  return (
    <Stack gap="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <TextInput label={t('common.name')} required maxLength={64} {...name} />
          {children}
          {applies && record && record.clients > 0 && (
            <Text size="sm" c="dimmed">
              {t(applies, { n: record.clients })}
            </Text>
          )}
          <TextInput label={t('common.reason')} maxLength={500} {...reason} />
        </Stack>
        <FormActions
          form={form}
          blocked={right.reason}
          onCancel={onClose}
          save={record ? t('common.save') : t('terms.create')}
          nameOf={fieldName}
        />
      </form>
      {record && deletion && (
        <DeleteRecord
          operation={deletion.operation}
          name={record.name}
          clients={record.clients}
          remove={async (given) => {
            const header = { 'If-Match': etagOf(record) };
            await deletion.remove({ path: { id: record.id }, header, query: reasonOf(given) });
            await saved(t('terms.deleted', { name: record.name }));
          }}
        />
      )}
    </Stack>
  );
}

/** A field in the words of the form, for a conflict. */
function fieldName(path: string): string {
  const [field = path] = path.split('.');
  const key = `audit.field.${field}`;
  return isKey(key) ? t(key) : field;
}
