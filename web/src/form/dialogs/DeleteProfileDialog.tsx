import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../api/client';
import type { ProfileRef } from '../../api/types';
import { t } from '../../i18n/t';
import { toastDone } from '../../ui/toast';
import { ConfirmDialog } from './ConfirmDialog';
import { refreshProfiles } from '../refresh-profiles';
import { SearchSelect } from '../inputs/SearchSelect';
import { profileSource } from '../sources';
import type { SearchSource } from '../inputs/use-options';

interface DeleteProfileDialogProps {
  readonly profile: ProfileRef;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a profile. While clients use it, they are moved to another one first. */
export function DeleteProfileDialog({ profile, opened, onClose, onDeleted }: DeleteProfileDialogProps): ReactNode {
  const { id, name, clients } = profile;
  const [target, setTarget] = useState('');
  const others = useMemo(() => sourceWithout(id), [id]);
  const queries = useQueryClient();
  const isUsed = clients > 0;
  const remove = async (reason: string, confirmed?: number): Promise<void> => {
    const why = reason === '' ? {} : { reason };
    if (isUsed) {
      const confirmation = confirmed === undefined ? {} : { confirmNotifications: confirmed };
      const body = { fromProfileId: id, ...why, ...confirmation };
      await unwrap(api.POST('/v1/profiles/{id}/assign', { params: { path: { id: target } }, body }));
    }
    const header = { 'If-Match': etagOf(profile) };
    await unwrap(api.DELETE('/v1/profiles/{id}', { params: { path: { id }, header, query: why } }));
    toastDone(isUsed ? t('profiles.delete.moved', { n: clients, name }) : t('profiles.delete.done', { name }));
    onDeleted();
    await refreshProfiles(queries);
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('profiles.delete.title', { name })}
      effect={isUsed ? t('profiles.delete.used', { n: clients }) : t('profiles.delete.unused')}
      confirm={isUsed ? t('profiles.delete.moveConfirm') : t('common.delete')}
      isDangerous
      reason="optional"
      isFilled={!isUsed || target !== ''}
      onConfirm={remove}
    >
      {isUsed && (
        <SearchSelect
          {...others}
          label={t('profiles.delete.moveTo')}
          required
          value={target}
          onChange={setTarget}
          comboboxProps={{ withinPortal: true }}
        />
      )}
    </ConfirmDialog>
  );
}

function sourceWithout(id: string): SearchSource {
  return {
    ...profileSource,
    searchKey: `profiles-but-${id}`,
    async search(text, signal) {
      return (await profileSource.search(text, signal)).filter(({ value }) => value !== id);
    },
  };
}
