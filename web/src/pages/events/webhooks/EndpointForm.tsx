import { MultiSelect, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { required } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';
import { eventKinds, eventKindText, type EventKind } from '../../../ui/text/event-text';
import { toastDone } from '../../../ui/toast';
import type { Endpoint } from './queries';

interface EndpointFormProps {
  /** null: a new one */
  readonly endpoint: Endpoint | null;
  readonly etag: string | null;
  readonly onClose: () => void;
  /** gets the secret of a new one, to be shown once */
  readonly onSecret: (secret: string) => void;
}

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly url: string;
  /** null: all */
  readonly kinds: readonly EventKind[] | null;
  readonly enabled: boolean;
}

const valuesOf = ({ name, url, kinds, enabled }: Endpoint): Values => ({ name, url, kinds, enabled });

export function EndpointForm({ endpoint, etag, onClose, onSecret }: EndpointFormProps) {
  const queries = useQueryClient();
  const right = useRight(endpoint ? 'updateWebhookEndpoint' : 'createWebhookEndpoint');
  const form = useApiForm<Values, string | null>({
    initialValues: endpoint ? valuesOf(endpoint) : { name: '', url: '', kinds: null, enabled: true },
    etag,
    validate: ({ name, url, kinds }) => ({
      '#/name': required(name),
      '#/url': required(url),
      '#/kinds': kinds?.length === 0 ? t('webhooks.kinds.error') : null,
    }),
    toValues: (resource) => valuesOf(resource as Endpoint),
    async save({ name, url, kinds, enabled }, version) {
      const body = { name: name.trim(), url: url.trim(), kinds: kinds && [...kinds], enabled };
      if (!endpoint) return (await unwrap(api.POST('/v1/webhook-endpoints', { body }))).secret;
      const params = { path: { id: endpoint.id }, header: { 'If-Match': version ?? '' } };
      await unwrap(api.PATCH('/v1/webhook-endpoints/{id}', { params, body }));
      return null;
    },
    async onSaved(secret) {
      await refreshLists(queries, 'webhookEndpoints');
      await queries.invalidateQueries({ queryKey: ['webhookEndpoints', endpoint?.id] });
      onClose();
      if (secret === null) toastDone(t('common.saved'));
      else onSecret(secret);
    },
  });
  const { kinds } = form.values;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <TextInput label={t('common.name')} required autoComplete="off" {...form.field('#/name')} />
        <TextInput
          label={t('webhooks.url')}
          description={t('webhooks.urlHint')}
          type="url"
          required
          autoComplete="off"
          {...form.field('#/url')}
        />
        <Radio.Group
          label={t('webhooks.kinds')}
          value={kinds === null ? 'all' : 'some'}
          onChange={(choice) => form.set('#/kinds', choice === 'all' ? null : [])}
        >
          <Stack gap={6} mt={6}>
            <Radio value="all" label={t('webhooks.kinds.all')} description={t('webhooks.kinds.allHint')} />
            <Radio value="some" label={t('webhooks.kinds.some')} />
          </Stack>
        </Radio.Group>
        {kinds !== null && (
          <MultiSelect
            aria-label={t('webhooks.kinds.some')}
            data={eventKinds.map((value) => ({ value, label: eventKindText(value) }))}
            searchable
            hidePickedOptions
            {...form.field('#/kinds')}
            value={[...kinds]}
          />
        )}
        <Switch label={t('webhooks.enabled')} description={t('webhooks.enabledHint')} {...form.checkbox('#/enabled')} />
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={onClose}
        save={t(endpoint ? 'common.save' : 'webhooks.create')}
      />
    </form>
  );
}
