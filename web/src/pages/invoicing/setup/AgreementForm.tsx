import { Chip, Fieldset, Group, Input, SegmentedControl, Select, SimpleGrid, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { TagsInput } from '../../../form/inputs/TagsInput';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { zones as knownZones } from '../../../i18n/zone';
import { Time } from '../../../ui/text/Time';
import {
  agreementErrors,
  bodyOf,
  dayModes,
  termKinds,
  termUnits,
  valuesOf,
  weekdayName,
  type AgreementValues,
} from './agreement-values';
import type { Agreement } from './queries';
import { useRecordSaved } from './record-form';
import { RecordFrame } from './RecordFrame';
import type { RecordFormProps } from './RecordTab';

/** When clients are notified of new rates, and how long before these take effect. */
export function AgreementForm({ record, etag, onClose }: RecordFormProps<Agreement>): ReactNode {
  const saved = useRecordSaved('agreements', onClose);
  const form = useApiForm({
    initialValues: valuesOf(record),
    etag,
    validate: agreementErrors,
    save: (values, version) => save(record, values, version),
    toValues: (resource) => valuesOf(resource as Agreement),
    ...(record && { subject: { type: 'agreement', id: record.id } }),
    onSaved: ({ name }) => saved(t(record ? 'terms.saved' : 'terms.createdToast', { name })),
  });
  const { mode, timezone } = form.values;
  const zones = useMemo(() => [...new Set(['UTC', ...knownZones(), timezone])], [timezone]);
  const weekdays = form.field('#/weekdays');
  return (
    <RecordFrame
      {...{ form, record, saved, onClose }}
      name={form.field('#/name')}
      reason={form.field('#/reason')}
      save={{ create: 'createAgreement', update: 'updateAgreement' }}
      deletion={{
        operation: 'deleteAgreement',
        remove: (params) => unwrap(api.DELETE('/v1/agreements/{id}', { params })),
      }}
    >
      <SegmentedControl
        aria-label={t('terms.agreements.days')}
        value={mode}
        onChange={(next) => form.set('#/mode', next)}
        data={dayModes.map((value) => ({ value, label: t(`terms.agreements.mode.${value}`) }))}
      />
      {mode === 'weekly' && (
        <Input.Wrapper label={t('terms.agreements.weekdays')} required error={weekdays.error} labelElement="div">
          <Chip.Group multiple value={[...weekdays.value]} onChange={(days) => form.set('#/weekdays', days)}>
            <Group gap={6} mt={4} role="group" aria-label={t('terms.agreements.weekdays')}>
              {[1, 2, 3, 4, 5, 6, 7].map((day) => (
                <Chip key={day} value={String(day)} size="sm">
                  {weekdayName(day)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {mode === 'monthly' && (
        <TagsInput
          label={t('terms.agreements.monthDays')}
          description={t('terms.agreements.monthDaysHint')}
          required
          {...form.field('#/monthDays')}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <IntegerInput
          label={t('terms.agreements.hour')}
          description={t('terms.agreements.hourHint')}
          required
          {...form.field('#/hour')}
        />
        <Select
          label={t('terms.agreements.timezone')}
          description={t('terms.agreements.timezoneHint')}
          searchable
          allowDeselect={false}
          limit={60}
          data={zones}
          {...form.field('#/timezone')}
        />
      </SimpleGrid>
      <Fieldset legend={t('terms.agreements.terms')}>
        <Text size="xs" c="dimmed" mb="xs">
          {t('terms.agreements.termsHint')}
        </Text>
        {termKinds.map((kind) => (
          <Group key={kind} align="flex-start" gap="sm" wrap="nowrap" mb="xs">
            <div style={{ flex: '0 0 9rem' }}>
              <IntegerInput label={t(`terms.agreements.kind.${kind}`)} {...form.field(`#/terms/${kind}/value`)} />
            </div>
            <Select
              aria-label={t('terms.agreements.unitOf', { kind: t(`terms.agreements.kind.${kind}`) })}
              allowDeselect={false}
              data={termUnits.map((value) => ({ value, label: t(`terms.agreements.unit.${value}`) }))}
              style={{ flex: 1, marginTop: 24 }}
              {...form.field(`#/terms/${kind}/unit`)}
            />
          </Group>
        ))}
      </Fieldset>
      {record && (
        <Text size="sm" c="dimmed" component="div">
          {t('terms.agreements.next')}: <Time at={record.nextNotificationAt} />
        </Text>
      )}
    </RecordFrame>
  );
}

function save(record: Agreement | null, values: AgreementValues, etag: string | null) {
  const body = bodyOf(values);
  if (!record) return unwrap(api.POST('/v1/agreements', { body }));
  const params = { path: { id: record.id }, header: { 'If-Match': etag ?? '' } };
  return unwrap(api.PATCH('/v1/agreements/{id}', { params, body }));
}
