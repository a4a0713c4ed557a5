import { MultiSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { components } from '../../../api/schema';
import { firstOf, maxLength, required, type FieldError } from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { LogoField } from './LogoField';
import { PreviewButton } from './PreviewButton';
import type { InvoiceTemplate } from './queries';
import { reasonOf, useRecordSaved } from './record-form';
import { RecordFrame } from './RecordFrame';
import type { RecordFormProps } from './RecordTab';

interface TemplateValues extends Record<string, unknown> {
  name: string;
  language: InvoiceTemplate['language'];
  columns: InvoiceTemplate['columns'];
  sellerDetails: string;
  notes: string;
  subject: string;
  /** base64; null: none; undefined: that which is saved */
  logo: string | null | undefined;
  reason: string;
}

const allColumns: readonly InvoiceTemplate['columns'][number][] = [
  'position',
  'description',
  'period',
  'entries',
  'amount',
];

function valuesOf(template: InvoiceTemplate | null): TemplateValues {
  return {
    name: template?.name ?? '',
    language: template?.language ?? 'en',
    columns: template?.columns ?? ['position', 'description', 'amount'],
    sellerDetails: template?.sellerDetails ?? '',
    notes: template?.notes ?? '',
    subject: template?.subject ?? '',
    logo: undefined,
    reason: '',
  };
}

function templateErrors(values: TemplateValues): Readonly<Record<Pointer, FieldError>> {
  const { name, columns } = values;
  const isWhole = columns.includes('description') && columns.includes('amount');
  return {
    '#/name': firstOf(required(name), maxLength(64, name)),
    '#/columns': isWhole ? null : t('terms.templates.columnsError'),
    '#/sellerDetails': maxLength(1000, values.sellerDetails),
    '#/notes': maxLength(1000, values.notes),
    '#/subject': maxLength(500, values.subject),
  };
}

const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());

/** As the API takes it; a logo that is not changed is left out. */
function bodyOf(values: TemplateValues): components['schemas']['InvoiceTemplateInput'] {
  const { name, language, columns, sellerDetails, notes, subject, logo } = values;
  return {
    ...{ name: name.trim(), language, columns },
    ...{ sellerDetails: orNull(sellerDetails), notes: orNull(notes), subject: orNull(subject) },
    ...(logo !== undefined && { logo }),
  };
}

export function TemplateForm({ record, etag, onClose }: RecordFormProps<InvoiceTemplate>): ReactNode {
  const saved = useRecordSaved('invoiceTemplates', onClose);
  const form = useApiForm({
    initialValues: valuesOf(record),
    etag,
    validate: templateErrors,
    save: (values, version) => save(record, values, version),
    toValues: (resource) => valuesOf(resource as InvoiceTemplate),
    ...(record && { subject: { type: 'invoice_template', id: record.id } }),
    onSaved: ({ name }) => saved(t(record ? 'terms.saved' : 'terms.createdToast', { name })),
  });
  const columns = allColumns.map((value) => ({ value, label: t(`terms.templates.column.${value}`) }));
  return (
    <RecordFrame
      {...{ form, record, saved, onClose }}
      name={form.field('#/name')}
      reason={form.field('#/reason')}
      save={{ create: 'createInvoiceTemplate', update: 'updateInvoiceTemplate' }}
      applies="terms.taxes.applies"
      deletion={{
        operation: 'deleteInvoiceTemplate',
        remove: (params) => unwrap(api.DELETE('/v1/invoice-templates/{id}', { params })),
      }}
    >
      <Radio.Group label={t('terms.templates.language')} {...form.field('#/language')}>
        <Stack gap="xs" mt="xs">
          <Radio value="en" label={t('terms.templates.language.en')} />
          <Radio value="uk" label={t('terms.templates.language.uk')} />
        </Stack>
      </Radio.Group>
      <LogoField
        saved={record?.logo ? `/v1/invoice-templates/${record.id}/logo?v=${record.version}` : null}
        {...form.field('#/logo')}
      />
      <MultiSelect
        label={t('terms.templates.columns')}
        description={t('terms.templates.columnsHint')}
        required
        data={columns}
        {...form.field('#/columns')}
      />
      <Textarea
        label={t('terms.templates.seller')}
        description={t('terms.templates.sellerHint')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.field('#/sellerDetails')}
      />
      <Textarea
        label={t('terms.templates.notes')}
        description={t('terms.templates.notesHint')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.field('#/notes')}
      />
      <TextInput
        label={t('terms.templates.subject')}
        description={t('terms.templates.subjectHint')}
        maxLength={500}
        {...form.field('#/subject')}
      />
      <PreviewButton templateId={record?.id ?? null} shown={bodyOf(form.values)} onFailure={form.applyProblem} />
    </RecordFrame>
  );
}

function save(record: InvoiceTemplate | null, values: TemplateValues, etag: string | null) {
  const body = { ...bodyOf(values), ...reasonOf(values.reason) };
  if (!record) return unwrap(api.POST('/v1/invoice-templates', { body }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/invoice-templates/{id}', { params, body }));
}
