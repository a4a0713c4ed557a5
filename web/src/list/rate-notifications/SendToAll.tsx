import { IconSend } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { ConfirmDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { toastDone } from '../../ui/toast';
import { useRateNotificationsRefresh } from './queries';

/** Sends every client of a rate table what the next scheduled notification would announce too late. */
export function SendToAll({ rateTableId }: { readonly rateTableId: string }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const refresh = useRateNotificationsRefresh();
  return (
    <>
      <ActionButton
        operation="sendRateNotifications"
        size="xs"
        variant="default"
        leftSection={<IconSend size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('rateNotifications.sendAll')}
      </ActionButton>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('rateNotifications.sendAll.title')}
        effect={t('rateNotifications.effect.forced')}
        confirm={t('rateNotifications.send')}
        reason="optional"
        onConfirm={async (reason) => {
          const body = { rateTableId, kind: 'forced' as const, ...(reason !== '' && { reason }) };
          const { notifications, skipped } = await unwrap(api.POST('/v1/rate-notifications', { body }));
          const queued = t('rateNotifications.queuedAll', { n: notifications.length });
          toastDone(`${queued} · ${t('rateNotifications.leftOut', { n: skipped.length })}`);
          await refresh();
        }}
      />
    </>
  );
}
