import { Alert, Checkbox, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../../api/client';
import { isApiError } from '../../../../api/problems';
import { ConfirmDialog } from '../../../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../../../form/FormActions';
import { DateTimeInput } from '../../../../form/inputs/DateTimeInput';
import { IntegerInput } from '../../../../form/inputs/IntegerInput';
import { TagsInput } from '../../../../form/inputs/TagsInput';
import { useApiForm } from '../../../../form/use-api-form';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { useRight } from '../../../../session/rights';
import { reasonOf, useRatesSaved, type TableRate } from '../queries';
import { TimeProfileInput } from './TimeProfileInput';
import { rateBody, rateErrors, valuesOf, type RateValues } from './rate-values';

interface RateFormProps {
  readonly tableId: string;
  /** null: a new one */
  readonly rate: TableRate | null;
  readonly etag: string | null;
  readonly onClose: () => void;
}

/** Every column of a rate. */
export function RateForm({ tableId, rate, etag, onClose }: RateFormProps): ReactNode {
  const right = useRight(rate ? 'updateTableRate' : 'createTableRate');
  const saved = useRatesSaved();
  const form = useApiForm({
    initialValues: valuesOf(rate),
    etag,
    validate: rateErrors,
    save: (values, version) => save(tableId, rate, values, version),
    toValues: (resource) => valuesOf(resource as TableRate),
    ...(rate && { subject: { type: 'table_rate', id: rate.id } as const }),
    async onSaved({ code }) {
      onClose();
      await saved(t(rate ? 'rateTables.rate.saved' : 'rateTables.rate.added', { code }));
    },
  });
  const confirm = form.field('#/confirmNotified');
  return (
    <Stack gap="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          {rate?.alreadyExported && (
            <Alert icon={<IconAlertTriangle aria-hidden />} color="orange">
              {t('rateTables.rate.exported')}
            </Alert>
          )}
          <TextInput
            label={t('rateTables.code')}
            description={t('rateTables.codeHint')}
            required
            maxLength={32}
            {...form.field('#/code')}
          />
          <TextInput label={t('rateTables.codeName')} maxLength={128} {...form.field('#/codeName')} />
          <TextInput label={t('rateTables.rate')} required inputMode="decimal" {...form.field('#/rate')} />
          <DateTimeInput label={t('rateTables.effectiveFrom')} required {...form.field('#/effectiveFrom')} />
          <DateTimeInput
            label={t('rateTables.endsAt')}
            description={t('rateTables.endsAtHint')}
            {...form.field('#/endsAt')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <IntegerInput label={t('rateTables.minVolume')} {...form.field('#/minVolume')} />
            <IntegerInput label={t('rateTables.interval')} {...form.field('#/interval')} />
            <IntegerInput label={t('rateTables.graceVolume')} {...form.field('#/graceVolume')} />
            <TextInput label={t('rateTables.setupFee')} inputMode="decimal" {...form.field('#/setupFee')} />
            <Select
              label={t('rateTables.policy')}
              allowDeselect={false}
              data={(['regular', 'additive'] as const).map((value) => ({
                value,
                label: t(`rateTables.policy.${value}`),
              }))}
              {...form.field('#/policy')}
            />
            <Select
              label={t('rateTables.status')}
              allowDeselect={false}
              data={(['active', 'stashed'] as const).map((value) => ({
                value,
                label: t(`rateTables.status.${value}`),
              }))}
              {...form.field('#/status')}
            />
          </SimpleGrid>
          <TimeProfileInput {...form.field('#/timeProfile')} />
          <TagsInput label={t('rateTables.tags')} {...form.field('#/tags')} />
          <Textarea label={t('rateTables.notes')} maxLength={1000} autosize {...form.field('#/notes')} />
          <TextInput label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
          {(confirm.error || confirm.value) && (
            <Checkbox
              label={t('rateTables.rate.confirmNotified')}
              description={t('rateTables.rate.confirmNotifiedHint')}
              error={confirm.error}
              checked={confirm.value}
              onChange={({ currentTarget }) => confirm.onChange(currentTarget.checked)}
            />
          )}
        </Stack>
        <FormActions
          form={form}
          blocked={right.reason}
          onCancel={onClose}
          save={t(rate ? 'common.save' : 'rateTables.rate.new')}
        />
      </form>
      {rate && <DeleteRate rate={rate} onClose={onClose} />}
    </Stack>
  );
}

function save(tableId: string, rate: TableRate | null, values: RateValues, etag: string | null) {
  const body = { ...rateBody(values), ...reasonOf(values.reason) };
  const confirmed = values.confirmNotified && { confirmNotified: true };
  if (!rate) return unwrap(api.POST('/v1/rate-tables/{id}/rates', { params: { path: { id: tableId } }, body }));
  const params = { path: { id: rate.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/table-rates/{id}', { params, body: { ...body, ...confirmed } }));
}

function DeleteRate({ rate, onClose }: { readonly rate: TableRate; readonly onClose: () => void }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const [isNotified, setNotified] = useState(false);
  const saved = useRatesSaved();
  const remove = async (reason: string): Promise<void> => {
    const query = { ...reasonOf(reason), ...(isNotified && { confirmNotified: 'true' as const }) };
    const params = { path: { id: rate.id }, header: { 'If-Match': etagOf(rate) }, query };
    try {
      await unwrap(api.DELETE('/v1/table-rates/{id}', { params }));
    } catch (error) {
      // Deleted once more, it is confirmed.
      if (isApiError(error) && error.code === 'rate_already_notified') setNotified(true);
      throw error;
    }
    onClose();
    await saved(t('rateTables.rate.deleted', { code: rate.code }));
  };
  return (
    <>
      <ActionButton operation="deleteTableRate" variant="default" w="fit-content" onClick={() => setAsking(true)}>
        {t('common.delete')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('rateTables.rate.delete', { code: rate.code })}
        effect={t(isNotified ? 'rateTables.rate.deleteNotified' : 'rateTables.rate.deleteEffect')}
        confirm={t(isNotified ? 'rateTables.rate.deleteAnyway' : 'common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
    </>
  );
}
