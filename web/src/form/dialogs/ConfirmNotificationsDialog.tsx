import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { ImpactSummary, type NotificationImpact } from '../ImpactSummary';

interface ConfirmNotificationsDialogProps {
  /** null: there is nothing to confirm */
  readonly impact: NotificationImpact | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a change is saved that newly notifies many clients. */
export function ConfirmNotificationsDialog({ impact, onConfirm, onClose }: ConfirmNotificationsDialogProps): ReactNode {
  return (
    <Modal
      opened={impact !== null}
      onClose={onClose}
      title={t('form.notify.title', { n: impact?.newlyNotified.count ?? 0 })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {impact && (
        <Stack gap="sm">
          <ImpactSummary impact={impact} />
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button onClick={onConfirm}>{t('form.notify.confirm')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
