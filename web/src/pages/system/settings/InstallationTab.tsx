import { Paper, Radio, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrapVersioned, type Versioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { installationSettings } from '../../../api/kinds';
import type { InstallationSettings } from '../../../api/types';
import { integerError } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';
import { toastDone } from '../../../ui/toast';
import { MaximumsFields } from './MaximumsFields';
import { maximumsErrors, maximumsOf, maximumsValues, type SettingsValues } from './maximums-values';

/** How the installation works, for all resellers. */
export function InstallationTab() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.installationSettings,
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/settings', { signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={640} />;
  return <SettingsForm key={data.etag} settings={data} />;
}

function SettingsForm({ settings: { value, etag } }: { readonly settings: Versioned<InstallationSettings> }) {
  const queries = useQueryClient();
  const right = useRight('updateSettings');
  const form = useApiForm({
    initialValues: toValues(value),
    etag,
    toValues: (resource) => toValues(resource as InstallationSettings),
    validate: ({ creditRequestHours, maximumIncreases }) => {
      const { min, max } = installationSettings.creditRequestHours;
      return {
        '#/creditRequestHours': integerError(creditRequestHours, min, max),
        ...maximumsErrors(maximumIncreases),
      };
    },
    save: (values, version) => {
      const body = { ...values, maximumIncreases: maximumsOf(values.maximumIncreases) };
      return unwrapVersioned(api.PATCH('/v1/settings', { params: { header: { 'If-Match': version ?? '' } }, body }));
    },
    async onSaved() {
      toastDone(t('settings.installation.saved'));
      await queries.invalidateQueries({ queryKey: keys.installationSettings });
    },
  });
  return (
    <Paper component="section" withBorder p="md" maw={640}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t('settings.installation.text')}
          </Text>
          <Radio.Group label={t('settings.installation.temporaryCredit')} {...form.field('#/temporaryCredit')}>
            <Stack gap="xs" mt="xs">
              {installationSettings.temporaryCredit.values.map((mode) => (
                <Radio
                  key={mode}
                  value={mode}
                  label={t(`settings.installation.temporaryCredit.${mode}`)}
                  description={t(`settings.installation.temporaryCredit.${mode}Hint`)}
                  disabled={!right.allowed}
                />
              ))}
            </Stack>
          </Radio.Group>
          <IntegerInput
            label={t('settings.installation.creditRequestHours')}
            description={t('settings.installation.creditRequestHoursHint')}
            suffix={` ${t('form.duration.hours')}`}
            disabled={!right.allowed}
            maw={320}
            required
            {...form.field('#/creditRequestHours')}
          />
          <Switch
            label={t('settings.installation.transfersAcrossClients')}
            description={t('settings.installation.transfersAcrossClientsHint')}
            disabled={!right.allowed}
            {...form.checkbox('#/transfersAcrossClients')}
          />
          <Switch
            label={t('settings.installation.panelChangesThresholds')}
            description={t('settings.installation.panelChangesThresholdsHint')}
            disabled={!right.allowed}
            {...form.checkbox('#/panelChangesThresholds')}
          />
          <Switch
            label={t('settings.installation.panelCardPayments')}
            description={t('settings.installation.panelCardPaymentsHint')}
            disabled={!right.allowed}
            {...form.checkbox('#/panelCardPayments')}
          />
          <Switch
            label={t('settings.installation.issueEmptyInvoices')}
            description={t('settings.installation.issueEmptyInvoicesHint')}
            disabled={!right.allowed}
            {...form.checkbox('#/issueEmptyInvoices')}
          />
          <MaximumsFields form={form} disabled={!right.allowed} />
        </Stack>
        <FormActions
          form={form}
          nameOf={nameOf}
          show={shown}
          blocked={right.reason ?? (form.isDirty ? null : t('settings.login.unchanged'))}
        />
      </form>
    </Paper>
  );
}

function toValues({ version: _, maximumIncreases, ...settings }: InstallationSettings): SettingsValues {
  return { ...settings, maximumIncreases: maximumsValues(maximumIncreases) };
}

function isSetting(name: string): name is keyof SettingsValues {
  return name in installationSettings;
}

function nameOf(name: string): string {
  return isSetting(name) ? t(`settings.installation.${name}`) : name;
}

function shown(name: string, value: unknown): string | undefined {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  const mode = installationSettings.temporaryCredit.values.find((known) => known === value);
  return name === 'temporaryCredit' && mode ? t(`settings.installation.temporaryCredit.${mode}`) : undefined;
}
