import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { firstOf, instantError, required, type FieldError } from '../../form/checks';
import { CurrencySelect } from '../../form/inputs/CurrencySelect';
import { DateTimeInput } from '../../form/inputs/DateTimeInput';
import { FormActions } from '../../form/FormActions';
import type { Pointer } from '../../form/pointer';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { useRight } from '../../session/rights';
import { isRate, rateText } from '../../ui/text/rate-text';
import { toastDone } from '../../ui/toast';
import { RateImpact } from './RateImpact';
import { readRate, type RateValues } from './typed-rate';

interface NewRateFormProps {
  /** `EUR-USD`, or `new` */
  readonly pair: string;
  readonly onClose: () => void;
}

/** A rate is given, never altered: the new one holds from its time on. */
export function NewRateForm({ pair, onClose }: NewRateFormProps): ReactNode {
  const queries = useQueryClient();
  const { reason: blocked } = useRight('createExchangeRate');
  const [from = '', to = ''] = /^[A-Z]{3}-[A-Z]{3}$/.test(pair) ? pair.split('-') : [];
  const form = useApiForm({
    initialValues: { from, to, rate: '', at: '', reason: '' } satisfies RateValues,
    validate: rateErrors,
    save: (values, _version, confirmed) => {
      const confirmation = confirmed === undefined ? {} : { confirmNotifications: confirmed };
      return unwrap(api.POST('/v1/exchange-rates', { body: { ...bodyOf(values), ...confirmation } }));
    },
    async onSaved(saved) {
      toastDone(t('rates.saved', { from: saved.from, to: saved.to, rate: rateText(saved.rate) }));
      onClose();
      await Promise.all([
        refreshLists(queries, 'rates'),
        queries.invalidateQueries({ queryKey: ['rates'] }),
        queries.invalidateQueries({ queryKey: ['profiles'] }),
      ]);
    },
  });
  const { values } = form;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('rates.newLead')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <CurrencySelect
            {...form.field('#/from')}
            label={t('rates.fromCurrency')}
            description={t('rates.fromHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
          />
          <CurrencySelect
            {...form.field('#/to')}
            label={t('rates.toCurrency')}
            description={t('rates.toHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
          />
        </SimpleGrid>
        <TextInput
          data-autofocus
          label={values.from ? t('rates.rateOf', { from: values.from }) : t('rates.rate')}
          required
          inputMode="decimal"
          autoComplete="off"
          styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
          rightSection={
            <Text size="xs" c="dimmed">
              {values.to}
            </Text>
          }
          rightSectionWidth={44}
          {...form.field('#/rate')}
        />
        <DateTimeInput label={t('rates.from')} description={t('rates.fromNow')} {...form.field('#/at')} />
        <RateImpact values={values} />
        <TextInput
          label={t('common.reason')}
          description={t('rates.reasonHint')}
          maxLength={500}
          {...form.field('#/reason')}
        />
      </Stack>
      <FormActions form={form} blocked={blocked} onCancel={onClose} save={t('rates.save')} />
    </form>
  );
}

function rateErrors({ from, to, rate, at }: RateValues): Readonly<Record<Pointer, FieldError>> {
  return {
    '#/from': required(from),
    '#/to': firstOf(required(to), from === to ? t('rates.sameCurrency') : null),
    '#/rate': firstOf(required(rate), isRate(readRate(rate)) ? null : t('rates.invalid')),
    '#/at': instantError(at),
  };
}

function bodyOf({ from, to, rate, at, reason }: RateValues) {
  return {
    from,
    to,
    rate: readRate(rate),
    ...(at !== '' && { at }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}
