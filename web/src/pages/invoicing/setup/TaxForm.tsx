import { Radio, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { components } from '../../../api/schema';
import { firstOf, maxLength, required, type FieldError } from '../../../form/checks';
import { PercentInput } from '../../../form/inputs/PercentInput';
import type { Pointer } from '../../../form/pointer';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import type { Tax } from './queries';
import { reasonOf, useRecordSaved } from './record-form';
import { RecordFrame } from './RecordFrame';
import type { RecordFormProps } from './RecordTab';

interface TaxValues extends Record<string, unknown> {
  name: string;
  ratePercent: string;
  mode: Tax['mode'];
  label: string;
  note: string;
  sureTax: boolean;
  archived: boolean;
  reason: string;
}

function valuesOf(tax: Tax | null): TaxValues {
  return {
    name: tax?.name ?? '',
    ratePercent: tax?.ratePercent ?? '',
    mode: tax?.mode ?? 'exclusive',
    label: tax?.label ?? '',
    note: tax?.note ?? '',
    sureTax: tax?.sureTax ?? false,
    archived: tax?.archived ?? false,
    reason: '',
  };
}

function taxErrors({ name, ratePercent, label }: TaxValues): Readonly<Record<Pointer, FieldError>> {
  return {
    '#/name': firstOf(required(name), maxLength(64, name)),
    '#/ratePercent': firstOf(required(ratePercent), rateError(ratePercent)),
    '#/label': firstOf(required(label), maxLength(64, label)),
  };
}

/** Unlike other percentages, a rate may be 0, and is at most 100. */
function rateError(rate: string): FieldError {
  const [, whole = ''] = /^(\d{1,3})(?:\.\d{1,4})?$/.exec(rate) ?? [];
  const isRate = whole !== '' && (Number(whole) < 100 || /^100(\.0+)?$/.test(rate));
  return isRate ? null : t('terms.taxes.rateError');
}

type TaxInput = components['schemas']['TaxProfileInput'];

function bodyOf(values: TaxValues): TaxInput {
  return {
    name: values.name.trim(),
    ratePercent: values.ratePercent,
    mode: values.mode,
    label: values.label.trim(),
    note: values.note.trim() === '' ? null : values.note.trim(),
    sureTax: values.sureTax,
    ...reasonOf(values.reason),
  };
}

export function TaxForm({ record, etag, onClose }: RecordFormProps<Tax>): ReactNode {
  const saved = useRecordSaved('taxProfiles', onClose);
  const form = useApiForm({
    initialValues: valuesOf(record),
    etag,
    validate: taxErrors,
    save: (values, version) => save(record, values, version),
    toValues: (resource) => valuesOf(resource as Tax),
    ...(record && { subject: { type: 'tax_profile', id: record.id } }),
    onSaved: ({ name }) => saved(t(record ? 'terms.saved' : 'terms.createdToast', { name })),
  });
  return (
    <RecordFrame
      {...{ form, record, saved, onClose }}
      name={form.field('#/name')}
      reason={form.field('#/reason')}
      save={{ create: 'createTaxProfile', update: 'updateTaxProfile' }}
      applies="terms.taxes.applies"
    >
      <PercentInput label={t('terms.taxes.rate')} required {...form.field('#/ratePercent')} />
      <Radio.Group label={t('terms.taxes.mode')} {...form.field('#/mode')}>
        <Stack gap="xs" mt="xs">
          {(['exclusive', 'inclusive'] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`terms.taxes.mode.${value}`)}
              description={t(`terms.taxes.modeHint.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('terms.taxes.label')}
        description={t('terms.taxes.labelHint')}
        required
        maxLength={64}
        {...form.field('#/label')}
      />
      <Textarea label={t('terms.taxes.note')} maxLength={500} autosize {...form.field('#/note')} />
      <Switch
        label={t('terms.taxes.sureTax')}
        description={t('terms.taxes.sureTaxHint')}
        {...form.checkbox('#/sureTax')}
      />
      {record && (
        <Switch
          label={t('terms.taxes.archived')}
          description={t('terms.taxes.archivedHint')}
          {...form.checkbox('#/archived')}
        />
      )}
    </RecordFrame>
  );
}

function save(record: Tax | null, values: TaxValues, etag: string | null) {
  if (!record) return unwrap(api.POST('/v1/tax-profiles', { body: bodyOf(values) }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  const body = { ...bodyOf(values), archived: values.archived };
  return unwrap(api.PATCH('/v1/tax-profiles/{id}', { params, body }));
}
