import { Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { firstOf, required, type FieldError } from '../../../form/checks';
import { FormActions } from '../../../form/FormActions';
import { useApiForm } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { useRight } from '../../../session/rights';

/** It becomes part of an address. */
function nameError(name: string): FieldError {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) ? null : t('developers.hooks.nameError');
}

interface NewSourceProps {
  readonly onClose: () => void;
  /** gets the secret, to be shown once */
  readonly onSecret: (secret: string) => void;
}

export function NewSource({ onClose, onSecret }: NewSourceProps) {
  const queries = useQueryClient();
  const right = useRight('createWebhookSource');
  const form = useApiForm({
    initialValues: { name: '' },
    validate: ({ name }) => ({ '#/name': firstOf(required(name), nameError(name.trim())) }),
    save: ({ name }) => unwrap(api.POST('/v1/webhook-sources', { body: { name: name.trim() } })),
    async onSaved({ secret }) {
      await refreshLists(queries, 'webhookSources');
      onClose();
      onSecret(secret);
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('developers.hooks.emptyText')}
        </Text>
        <TextInput
          label={t('common.name')}
          description={t('developers.hooks.nameHint')}
          placeholder="stripe-eu"
          required
          autoComplete="off"
          {...form.field('#/name')}
        />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('developers.hooks.create')} />
    </form>
  );
}
