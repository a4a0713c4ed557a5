import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import type { ProfileRef } from '../../api/types';
import { t } from '../../i18n/t';
import { toastDone } from '../../ui/toast';
import { ConfirmDialog } from './ConfirmDialog';
import { refreshProfiles } from '../refresh-profiles';
import { SearchMultiSelect } from '../inputs/SearchSelect';
import { clientSource } from '../sources';

interface AssignClientsDialogProps {
  readonly profile: ProfileRef;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Gives clients a profile; what they had before is replaced. */
export function AssignClientsDialog({ profile, opened, onClose }: AssignClientsDialogProps): ReactNode {
  const [clientIds, setClientIds] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const close = (): void => {
    setClientIds([]);
    onClose();
  };
  const assign = async (reason: string, confirmed?: number): Promise<void> => {
    const params = { path: { id: profile.id } };
    const body = {
      clientIds: [...clientIds],
      ...(reason !== '' && { reason }),
      ...(confirmed !== undefined && { confirmNotifications: confirmed }),
    };
    const { assigned, unchanged } = await unwrap(api.POST('/v1/profiles/{id}/assign', { params, body }));
    const kept = unchanged > 0 ? t('profiles.assign.unchanged', { n: unchanged }) : '';
    toastDone([t('profiles.assign.done', { n: assigned, name: profile.name }), kept].filter(Boolean).join(' '));
    await refreshProfiles(queries);
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={t('profiles.assign.title', { name: profile.name })}
      effect={t('profiles.assign.effect')}
      confirm={t('profiles.assign.confirm')}
      reason="optional"
      isFilled={clientIds.length > 0}
      onConfirm={assign}
    >
      <SearchMultiSelect
        {...clientSource}
        data-autofocus
        label={t('profiles.clients')}
        required
        value={clientIds}
        onChange={setClientIds}
        comboboxProps={{ withinPortal: true }}
      />
    </ConfirmDialog>
  );
}
