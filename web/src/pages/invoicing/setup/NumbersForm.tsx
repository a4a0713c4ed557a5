import { Radio, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { firstOf, maxLength, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { toastDone } from '../../../ui/toast';
import { numbersKey, type NumberFormat, type NumberType } from './queries';

interface NumbersFormProps {
  readonly resellerId: string;
  readonly type: NumberType;
  readonly format: NumberFormat;
  readonly etag: string;
}

interface NumberValues extends Record<string, unknown> {
  prefix: string;
  format: string;
  restart: NumberFormat['restart'];
}

const valuesOf = ({ prefix, format, restart }: NumberFormat): NumberValues => ({ prefix, format, restart });

/** Sets how the next numbers are made. What was given stays. */
export function NumbersForm({ resellerId, type, format, etag }: NumbersFormProps): ReactNode {
  const right = useRight('setInvoiceNumbers');
  const queries = useQueryClient();
  const form = useApiForm({
    initialValues: valuesOf(format),
    etag,
    validate: (values) => ({
      '#/prefix': maxLength(20, values.prefix),
      '#/format': firstOf(required(values.format), maxLength(80, values.format)),
    }),
    save: (values, version) =>
      unwrap(
        api.PUT('/v1/resellers/{id}/invoice-numbers/{type}', {
          params: { path: { id: resellerId, type }, header: { 'If-Match': version ?? '' } },
          body: { prefix: values.prefix.trim(), format: values.format.trim(), restart: values.restart },
        }),
      ),
    toValues: (resource) => valuesOf(resource as NumberFormat),
    async onSaved({ next }) {
      toastDone(t('terms.numbers.saved', { no: next }));
      await queries.invalidateQueries({ queryKey: numbersKey(resellerId, type) });
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('terms.numbers.prefix')}
          description={t('terms.numbers.prefixHint')}
          maxLength={20}
          {...form.field('#/prefix')}
        />
        <TextInput
          required
          label={t('terms.numbers.format')}
          description={t('terms.numbers.formatHint')}
          maxLength={80}
          {...form.field('#/format')}
        />
        <Radio.Group label={t('terms.numbers.restart')} {...form.field('#/restart')}>
          <Stack gap="xs" mt="xs">
            <Radio value="never" label={t('terms.numbers.restart.never')} />
            <Radio
              value="yearly"
              label={t('terms.numbers.restart.yearly')}
              description={t('terms.numbers.restart.yearlyHint')}
            />
          </Stack>
        </Radio.Group>
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={() => form.mantine.reset()} save={t('common.save')} />
    </form>
  );
}
