import '../i18n/late/bounces';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../api/client';
import { t } from '../i18n/t';
import { toastDone } from '../ui/toast';
import { ConfirmDialog } from './dialogs/ConfirmDialog';

interface ClearAddressProps {
  /** null: no dialog is open */
  readonly asked: { readonly id: string; readonly address: string } | null;
  readonly onClose: () => void;
  readonly onCleared?: () => Promise<void>;
}

/** Asks whether an address works again. */
export function ClearAddress({ asked, onClose, onCleared }: ClearAddressProps): ReactNode {
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      opened={asked !== null}
      onClose={onClose}
      title={t('bounces.clearTitle', { address: asked?.address ?? '' })}
      effect={t('bounces.clearEffect')}
      confirm={t('bounces.clear')}
      reason="required"
      onConfirm={async (reason) => {
        const params = { path: { id: asked?.id ?? '' } };
        await unwrap(api.POST('/v1/bounced-addresses/{id}/clear', { params, body: { reason } }));
        toastDone(t('bounces.clearedToast'));
        await onCleared?.();
        await queries.invalidateQueries({ queryKey: ['bouncedAddresses'] });
      }}
    />
  );
}
