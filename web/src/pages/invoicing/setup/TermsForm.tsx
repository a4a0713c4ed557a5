import { SegmentedControl, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { TagsInput } from '../../../form/inputs/TagsInput';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import type { Terms } from './queries';
import { useRecordSaved } from './record-form';
import { RecordFrame } from './RecordFrame';
import type { RecordFormProps } from './RecordTab';
import { bodyOf, labelOf, termsErrors, valuesOf } from './terms-values';

export function TermsForm({ record, etag, onClose }: RecordFormProps<Terms>): ReactNode {
  const saved = useRecordSaved('paymentTerms', onClose);
  const form = useApiForm({
    initialValues: valuesOf(record),
    etag,
    validate: termsErrors,
    save: (values, version) => save(record, bodyOf(values), version),
    toValues: (resource) => valuesOf(resource as Terms),
    ...(record && { subject: { type: 'payment_terms', id: record.id } }),
    async onSaved({ name, warnings }) {
      const text = t(record ? 'terms.saved' : 'terms.createdToast', { name });
      await saved(warnings.length > 0 ? `${text} ${t('terms.terms.lowered')}` : text);
    },
  });
  const { mode, day } = form.values;
  const label = labelOf(form.values);
  return (
    <RecordFrame
      {...{ form, record, saved, onClose }}
      name={form.field('#/name')}
      reason={form.field('#/reason')}
      save={{ create: 'createPaymentTerms', update: 'updatePaymentTerms' }}
      applies="terms.terms.applies"
      deletion={{
        operation: 'deletePaymentTerms',
        remove: (params) => unwrap(api.DELETE('/v1/payment-terms/{id}', { params })),
      }}
    >
      <SegmentedControl
        aria-label={t('terms.terms.invoices')}
        value={mode}
        onChange={(next) => form.set('#/mode', next)}
        data={[
          { value: 'every', label: t('terms.terms.every') },
          { value: 'on', label: t('terms.terms.on') },
        ]}
      />
      {mode === 'every' ? (
        <IntegerInput label={t('terms.terms.days')} required {...form.field('#/days')} />
      ) : (
        <IntegerInput
          label={t('terms.terms.day')}
          description={typeof day === 'number' && day > 28 ? t('terms.terms.lowered') : t('terms.terms.dayHint')}
          required
          {...form.field('#/day')}
        />
      )}
      <IntegerInput
        label={t('terms.terms.grace')}
        description={t('terms.terms.graceHint')}
        required
        {...form.field('#/graceDays')}
      />
      <TagsInput
        label={t('terms.terms.before')}
        description={t('terms.terms.remindHint')}
        {...form.field('#/remindBefore')}
      />
      <TagsInput
        label={t('terms.terms.after')}
        description={t('terms.terms.remindHint')}
        {...form.field('#/remindAfter')}
      />
      {label !== null && (
        <Text size="sm" c="dimmed">
          {t('terms.terms.preview', { label })}
        </Text>
      )}
    </RecordFrame>
  );
}

function save(record: Terms | null, body: ReturnType<typeof bodyOf>, etag: string | null) {
  if (!record) return unwrap(api.POST('/v1/payment-terms', { body }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/payment-terms/{id}', { params, body }));
}
