import { Stack } from '@mantine/core';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { toastDone } from '../../ui/toast';
import { ReasonDialog } from '../dialogs/ConfirmDialog';
import { afterRevert } from './after-revert';
import { AfterRevertText } from './CreditImpact';
import { useClientCredit, type Grant } from './use-client-credit';

interface CancelGrantDialogProps {
  readonly grant: Grant;
  readonly opened: boolean;
  readonly onSaved: (clientId: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Ends a temporary credit now, or before it starts; shows what is left then. */
export function CancelGrantDialog({ grant, opened, onSaved, onClose }: CancelGrantDialogProps) {
  const { id, clientId, clientName, status } = grant;
  const isActive = status === 'active';
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title={t(isActive ? 'credit.cancelTitle' : 'credit.cancelScheduledTitle', { name: clientName })}
      effect={<CancelEffect grant={grant} />}
      confirm={t('credit.removeNow')}
      isDangerous
      onConfirm={async (reason) => {
        await unwrap(api.POST('/v1/temporary-credits/{id}/cancel', { params: { path: { id } }, body: { reason } }));
        toastDone(t(isActive ? 'credit.cancelledToast' : 'credit.cancelledScheduledToast', { name: clientName }));
        await onSaved(clientId);
      }}
    />
  );
}

/** Reverts the credit now: what is left then, and that the client is notified. */
function CancelEffect({ grant }: { readonly grant: Grant }) {
  const { data } = useClientCredit(grant.clientId, '');
  if (grant.status === 'scheduled') return t('credit.cancelScheduledEffect');
  const after = data && afterRevert(data.client.balance.available, data.rules, { ...grant, isCounted: true });
  return (
    <Stack gap={4}>
      {t('credit.cancelEffect')}
      {after && (
        <div>
          {t('credit.afterRevert')}: <AfterRevertText after={after} />
        </div>
      )}
    </Stack>
  );
}
