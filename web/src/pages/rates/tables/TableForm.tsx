import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { firstOf, maxLength, required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { CurrencySelect } from '../../../form/inputs/CurrencySelect';
import { SearchSelect } from '../../../form/inputs/SearchSelect';
import { agreementSource } from '../../../form/sources';
import { useApiForm } from '../../../form/use-api-form';
import { zones as knownZones } from '../../../i18n/zone';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { reasonOf, textOrNull, useRatesSaved, type RateTable } from './queries';

interface TableValues extends Record<string, unknown> {
  name: string;
  currency: string;
  timezone: string;
  agreementId: string;
  notes: string;
  reason: string;
}

const valuesOf = (table: RateTable | null): TableValues => ({
  ...{ name: table?.name ?? '', currency: table?.currency ?? '', timezone: table?.timezone ?? 'UTC' },
  ...{ agreementId: table?.agreementId ?? '', notes: table?.notes ?? '', reason: '' },
});

interface TableFormProps {
  /** null: a new one */
  readonly table: RateTable | null;
  readonly onClose: (saved: RateTable | null) => void;
}

export function TableForm({ table, onClose }: TableFormProps): ReactNode {
  const right = useRight(table ? 'updateRateTable' : 'createRateTable');
  const saved = useRatesSaved();
  const form = useApiForm({
    initialValues: valuesOf(table),
    etag: table && etagOf(table),
    validate: ({ name, currency, notes }) => ({
      '#/name': firstOf(required(name), maxLength(64, name)),
      '#/currency': required(currency),
      '#/notes': maxLength(1000, notes),
    }),
    save: (values, version) => save(table, values, version),
    toValues: (resource) => valuesOf(resource as RateTable),
    ...(table && { subject: { type: 'rate_table', id: table.id } as const }),
    async onSaved(row) {
      onClose(row);
      await saved(t(table ? 'rateTables.saved' : 'rateTables.createdToast', { name: row.name }));
    },
  });
  const zones = useMemo(() => [...new Set(['UTC', ...knownZones(), form.values.timezone])], [form.values.timezone]);
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <TextInput label={t('common.name')} required maxLength={64} {...form.field('#/name')} />
        {!table && (
          <CurrencySelect
            label={t('rateTables.currency')}
            description={t('rateTables.currencyHint')}
            required
            {...form.field('#/currency')}
          />
        )}
        <Select
          label={t('rateTables.timezone')}
          description={t('rateTables.timezoneHint')}
          searchable
          allowDeselect={false}
          limit={60}
          data={zones}
          {...form.field('#/timezone')}
        />
        <SearchSelect
          label={t('rateTables.agreement')}
          description={t('rateTables.agreementHint')}
          {...agreementSource}
          {...form.field('#/agreementId')}
        />
        <Textarea label={t('rateTables.notes')} maxLength={1000} autosize {...form.field('#/notes')} />
        <TextInput label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={() => onClose(null)}
        save={t(table ? 'common.save' : 'rateTables.new')}
      />
    </form>
  );
}

function save(table: RateTable | null, values: TableValues, etag: string | null) {
  const { name, currency, timezone, agreementId, notes, reason } = values;
  const agreement = { agreementId: textOrNull(agreementId) };
  const body = { name: name.trim(), timezone, ...agreement, notes: textOrNull(notes), ...reasonOf(reason) };
  if (!table) return unwrap(api.POST('/v1/rate-tables', { body: { ...body, currency } }));
  const params = { path: { id: table.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/rate-tables/{id}', { params, body }));
}
