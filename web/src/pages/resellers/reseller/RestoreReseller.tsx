import { Alert, Group, List, TextInput } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { toastDone } from '../../../ui/toast';
import { reasonOf, useRefreshResellers, type Reseller } from '../queries';

/** The note on the page of a deleted reseller, and the way back. Another one may have its name by now: it can be changed. */
export function RestoreReseller({ reseller }: { readonly reseller: Reseller }): ReactNode {
  const { id, name: deletedName, kind } = reseller;
  const refresh = useRefreshResellers();
  const [isAsking, setAsking] = useState(false);
  const [name, setName] = useState(deletedName);
  const restore = async (reason: string): Promise<void> => {
    const params = { path: { id }, header: { 'If-Match': etagOf(reseller) } };
    const body = { name: name.trim(), ...reasonOf(reason) };
    await unwrap(api.POST('/v1/resellers/{id}/restore', { params, body }));
    toastDone(t('resellers.restoredToast', { name: name.trim() }));
    await refresh();
  };
  return (
    <>
      <Alert mb="md">
        <Group justify="space-between" gap="xs">
          {t('resellers.deletedNote')}
          <ActionButton
            operation="restoreReseller"
            variant="default"
            size="xs"
            leftSection={<IconRestore size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('resellers.restore')}
          </ActionButton>
        </Group>
      </Alert>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('resellers.restoreTitle', { name: deletedName })}
        effect={
          <List size="sm" spacing={4}>
            <List.Item>{t('resellers.restore.place')}</List.Item>
            <List.Item>{t('resellers.restore.access')}</List.Item>
            {kind === 'manager' && <List.Item>{t('resellers.restore.clients')}</List.Item>}
          </List>
        }
        confirm={t('resellers.restore')}
        isFilled={name.trim() !== ''}
        reason="optional"
        onConfirm={restore}
      >
        <TextInput
          label={t('common.name')}
          description={t('resellers.restore.name')}
          maxLength={200}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
