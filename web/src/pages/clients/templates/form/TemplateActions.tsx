import { Group } from '@mantine/core';
import { IconTrash, IconUnlink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, etagOf, unwrap } from '../../../../api/client';
import { ConfirmDialog } from '../../../../form/dialogs/ConfirmDialog';
import { t } from '../../../../i18n/t';
import { refreshLists } from '../../../../list/refresh';
import { ActionButton } from '../../../../session/ActionButton';
import { toastDone } from '../../../../ui/toast';
import { reasonOf, useRefreshTemplates } from '../refresh-templates';
import type { Template } from '../template-values';

interface TemplateActionsProps {
  readonly template: Template;
  readonly onDetached: () => void;
}

/** Detaches all clients of a template, and deletes one that no client uses. */
export function TemplateActions({ template, onDetached }: TemplateActionsProps): ReactNode {
  const { id, name, clients } = template;
  const [asking, setAsking] = useState<'detach' | 'delete' | null>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const refresh = useRefreshTemplates();
  const close = (): void => setAsking(null);
  const params = { path: { id }, header: { 'If-Match': etagOf(template) } };
  const detach = async (reason: string): Promise<void> => {
    const body = reasonOf(reason);
    const detached = await unwrap(api.POST('/v1/client-templates/{id}/detach', { params, body }));
    toastDone(t('templates.detached', { n: detached.clients }));
    await refresh();
    onDetached();
  };
  const remove = async (reason: string): Promise<void> => {
    await unwrap(api.DELETE('/v1/client-templates/{id}', { params: { ...params, query: reasonOf(reason) } }));
    toastDone(t('templates.deleted', { name }));
    await refreshLists(queries, 'clientTemplates');
    await navigate('/client-templates');
    await refresh();
  };
  return (
    <Group gap="xs">
      <ActionButton
        operation="detachClientTemplate"
        isInRow
        variant="default"
        size="xs"
        leftSection={<IconUnlink size={16} aria-hidden />}
        blocked={clients === 0 ? t('templates.unused') : null}
        onClick={() => setAsking('detach')}
      >
        {t('templates.detach')}
      </ActionButton>
      <ActionButton
        operation="deleteClientTemplate"
        isInRow
        variant="default"
        size="xs"
        leftSection={<IconTrash size={16} aria-hidden />}
        blocked={clients > 0 ? t('templates.inUse', { n: clients }) : null}
        onClick={() => setAsking('delete')}
      >
        {t('common.delete')}
      </ActionButton>
      <ConfirmDialog
        opened={asking === 'detach'}
        onClose={close}
        title={t('templates.detachTitle', { name })}
        effect={t('templates.detachEffect', { n: clients })}
        confirm={t('templates.detach')}
        reason="optional"
        onConfirm={detach}
      />
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={close}
        title={t('templates.deleteTitle', { name })}
        effect={t('templates.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        reason="optional"
        onConfirm={remove}
      />
    </Group>
  );
}
