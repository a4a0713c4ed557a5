import { Button, Group, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient, queryOptions } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrapVersioned, type Versioned } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { toastDone } from '../../ui/toast';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { PanelFacts } from '../PanelFacts';
import { usePanelSession } from '../session-context';

type Thresholds = components['schemas']['PanelThresholds'];

interface Values {
  readonly notifyClient: boolean;
  readonly lowBalanceThreshold: string;
  readonly warningThresholds: string;
}

const thresholdsQuery = queryOptions({
  queryKey: ['panel', 'thresholds'],
  queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/panel/thresholds', { signal })),
});

/** When the client is notified: shown, and changed where the installation lets clients do so. */
export function ThresholdsCard() {
  const thresholds = useQuery(thresholdsQuery);
  const { client } = usePanelSession();
  const { data } = thresholds;
  const isForm = data?.value.mayChange === true && client.status === 'active';
  return (
    <PanelCard title={t('panel.thresholds')}>
      {thresholds.isPending && <Skeleton h={160} />}
      {thresholds.error && <FailedState error={thresholds.error} onRetry={() => void thresholds.refetch()} />}
      {data && isForm && <ThresholdsForm key={data.etag} read={data} />}
      {data && !isForm && <ThresholdsFacts thresholds={data.value} />}
    </PanelCard>
  );
}

function ThresholdsFacts({ thresholds }: { readonly thresholds: Thresholds }): ReactNode {
  const { notifyClient, lowBalanceThreshold: amount, warningThresholds, currency } = thresholds;
  return (
    <>
      <PanelFacts
        facts={[
          [t('panel.notifyClient'), t(notifyClient ? 'common.yes' : 'common.no')],
          [
            t('panel.threshold'),
            amount === null ? t('common.none') : <Money key="amount" value={{ amount, currency }} />,
          ],
          [t('panel.warnings'), warningThresholds.length === 0 ? t('common.none') : warningThresholds.join(', ')],
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('panel.thresholdsByProvider')}
      </Text>
    </>
  );
}

function ThresholdsForm({ read: { value, etag } }: { readonly read: Versioned<Thresholds> }): ReactNode {
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: {
      notifyClient: value.notifyClient,
      lowBalanceThreshold: value.lowBalanceThreshold ?? '',
      warningThresholds: value.warningThresholds.join(', '),
    },
  });
  const save = useMutation({
    mutationFn: ({ notifyClient, lowBalanceThreshold: text, warningThresholds }: Values) => {
      const threshold = value.mayChangeThreshold
        ? { lowBalanceThreshold: text.trim() === '' ? null : text.trim() }
        : {};
      const body = { notifyClient, warningThresholds, ...threshold };
      return unwrapVersioned(api.PATCH('/v1/panel/thresholds', { params: { header: { 'If-Match': etag } }, body }));
    },
    onSuccess(saved) {
      queries.setQueryData(thresholdsQuery.queryKey, saved);
      // The same record holds the contacts: their version has changed.
      void queries.invalidateQueries({ queryKey: ['panel', 'contacts'] });
      toastDone(t('common.saved'));
    },
    onError: (error) => form.setErrors(faultsOf(error, Object.keys(form.values))),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        <Switch label={t('panel.notifyClient')} {...form.getInputProps('notifyClient', { type: 'checkbox' })} />
        <TextInput
          label={t('panel.threshold')}
          description={t(value.mayChangeThreshold ? 'panel.thresholdHint' : 'panel.thresholdShared')}
          inputMode="decimal"
          readOnly={!value.mayChangeThreshold}
          rightSection={
            <Text size="xs" c="dimmed">
              {value.currency}
            </Text>
          }
          rightSectionWidth={48}
          {...form.getInputProps('lowBalanceThreshold')}
        />
        <TextInput
          label={t('panel.warnings')}
          description={t('panel.warningsHint')}
          {...form.getInputProps('warningThresholds')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('panel.saveThresholds')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
