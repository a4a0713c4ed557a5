import { Alert, Stack, TextInput } from '@mantine/core';
import { api, unwrap } from '../../../../api/client';
import { serverNow } from '../../../../api/transport';
import { firstOf, instantError, required } from '../../../../form/checks';
import { ReasonDialog } from '../../../../form/dialogs/ConfirmDialog';
import { DateTimeInput, silencePicks } from '../../../../form/inputs/DateTimeInput';
import { FormActions } from '../../../../form/FormActions';
import { useApiForm } from '../../../../form/use-api-form';
import { t } from '../../../../i18n/t';
import { useRight } from '../../../../session/rights';
import { toastDone } from '../../../../ui/toast';
import { useClientRefresh, type Client } from '../queries';
import { ruleName } from '../../../../ui/text/rule-label';

interface MonitorDialogProps {
  readonly client: Client;
  readonly onClose: () => void;
}

interface OfRule extends MonitorDialogProps {
  /** null: all rules */
  readonly rule: string | null;
}

export function PauseDialog({ client, onClose }: MonitorDialogProps) {
  const refresh = useClientRefresh(client.id);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.pause.title', { name: client.name })}
      effect={t('client.pause.effect')}
      confirm={t('client.pause')}
      onConfirm={async (reason) => {
        await unwrap(
          api.POST('/v1/clients/{id}/monitor/pause', { params: { path: { id: client.id } }, body: { reason } }),
        );
        toastDone(t('client.pause.done'));
        await refresh();
      }}
    />
  );
}

export function ResumeDialog({ client, onClose }: MonitorDialogProps) {
  const refresh = useClientRefresh(client.id);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.resume.title', { name: client.name })}
      effect={t('client.resume.effect')}
      confirm={t('client.resume')}
      onConfirm={async (reason) => {
        await unwrap(
          api.POST('/v1/clients/{id}/monitor/resume', { params: { path: { id: client.id } }, body: { reason } }),
        );
        toastDone(t('client.resume.done'));
        await refresh();
      }}
    />
  );
}

export function RestartDialog({ client, onClose }: MonitorDialogProps) {
  const refresh = useClientRefresh(client.id);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.restart.title', { name: client.name })}
      effect={t('client.restart.effect')}
      confirm={t('client.restart')}
      onConfirm={async (reason) => {
        await unwrap(
          api.POST('/v1/clients/{id}/monitor/restart', { params: { path: { id: client.id } }, body: { reason } }),
        );
        toastDone(t('client.restart.done'));
        await refresh();
      }}
    />
  );
}

interface ResetDialogProps extends MonitorDialogProps {
  readonly rule: string;
  readonly count: number;
}

export function ResetDialog({ client, rule, count, onClose }: ResetDialogProps) {
  const refresh = useClientRefresh(client.id);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.reset.title', { rule: ruleName(rule) })}
      effect={t('client.reset.effect', { n: count })}
      confirm={t('client.reset')}
      onConfirm={async (reason) => {
        const params = { path: { id: client.id, key: rule } };
        await unwrap(api.POST('/v1/clients/{id}/rules/{key}/reset', { params, body: { reason } }));
        toastDone(t('client.reset.done', { rule: ruleName(rule) }));
        await refresh();
      }}
    />
  );
}

export function UnsilenceDialog({ client, rule, onClose }: OfRule) {
  const refresh = useClientRefresh(client.id);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.unsilence.title', { rule: whatOf(rule) })}
      effect={t('client.unsilence.effect')}
      confirm={t('client.unsilence')}
      onConfirm={async (reason) => {
        await silence(client.id, rule, null, reason);
        toastDone(t('client.unsilence.done'));
        await refresh();
      }}
    />
  );
}

/** No notifications until then; checks continue. */
export function SilenceForm({ client, rule, onClose }: OfRule) {
  const refresh = useClientRefresh(client.id);
  const right = useRight('silenceMonitor');
  const form = useApiForm({
    initialValues: { until: '', reason: '' },
    validate: (values) => ({
      '#/until': firstOf(required(values.until), instantError(values.until, serverNow())),
      '#/reason': required(values.reason),
    }),
    save: ({ until, reason }) => silence(client.id, rule, until, reason.trim()),
    async onSaved() {
      onClose();
      toastDone(t('client.silence.done'));
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <Alert variant="light" color="gray" p="sm">
          {t('client.silence.effect', { rule: whatOf(rule), name: client.name })}
        </Alert>
        <DateTimeInput
          data-autofocus
          required
          label={t('client.silence.until')}
          clientZone={client.timezone}
          picks={silencePicks()}
          {...form.field('#/until')}
        />
        <TextInput
          required
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('client.silence.short')} />
    </form>
  );
}

const whatOf = (rule: string | null): string => (rule === null ? t('client.rule.all') : ruleName(rule));

function silence(id: string, rule: string | null, until: string | null, reason: string) {
  const body = { ...(rule !== null && { rule }), until, reason };
  return unwrap(api.POST('/v1/clients/{id}/monitor/silence', { params: { path: { id } }, body }));
}
