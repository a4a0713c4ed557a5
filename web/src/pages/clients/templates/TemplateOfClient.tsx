import '../../../i18n/late/templates';
import { Group } from '@mantine/core';
import { IconTemplate, IconUnlink } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { toastDone } from '../../../ui/toast';
import { ApplyTemplateDialog } from './ApplyTemplateDialog';
import { reasonOf, useRefreshTemplates } from './refresh-templates';
import type { TemplatedClient } from './template-values';

/** Gives a client another template, and detaches it from the one it has. */
export default function TemplateOfClient({ client }: { readonly client: TemplatedClient }): ReactNode {
  const [asking, setAsking] = useState<'apply' | 'detach' | null>(null);
  const refresh = useRefreshTemplates();
  const close = (): void => setAsking(null);
  const detach = async (reason: string): Promise<void> => {
    const params = { path: { id: client.id }, header: { 'If-Match': etagOf(client) } };
    await unwrap(api.POST('/v1/clients/{id}/client-template/detach', { params, body: reasonOf(reason) }));
    toastDone(t('templates.clientDetached', { name: client.name }));
    await refresh();
  };
  if (client.status === 'deleted') return null;
  return (
    <Group gap="xs" mt="sm">
      <ActionButton
        operation="applyClientTemplate"
        isInRow
        variant="default"
        size="xs"
        leftSection={<IconTemplate size={16} aria-hidden />}
        onClick={() => setAsking('apply')}
      >
        {t('templates.apply')}
      </ActionButton>
      {client.clientTemplateId !== null && (
        <ActionButton
          operation="detachClient"
          isInRow
          variant="default"
          size="xs"
          leftSection={<IconUnlink size={16} aria-hidden />}
          onClick={() => setAsking('detach')}
        >
          {t('templates.detachClient')}
        </ActionButton>
      )}
      <ApplyTemplateDialog client={client} opened={asking === 'apply'} onClose={close} />
      <ConfirmDialog
        opened={asking === 'detach'}
        onClose={close}
        title={t('templates.detachClientTitle', { name: client.name })}
        effect={t('templates.detachClientEffect', { template: client.clientTemplateName ?? '' })}
        confirm={t('templates.detachClient')}
        reason="optional"
        onConfirm={detach}
      />
    </Group>
  );
}
