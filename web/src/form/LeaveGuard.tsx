import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { t } from '../i18n/t';

interface LeaveGuardProps {
  /** asked when somebody leaves: false where something would be lost */
  readonly mayLeave: () => boolean;
}

/** Asks before unsaved changes are lost: on a link, on Back, on closing the tab. */
export function LeaveGuard({ mayLeave }: LeaveGuardProps): ReactNode {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && !mayLeave(),
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (!mayLeave()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [mayLeave]);
  const stay = (): void => blocker.reset?.();
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={stay}
      title={t('form.leave.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text size="sm">{t('form.leave.text')}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={stay}>
          {t('form.leave.stay')}
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          {t('form.leave.go')}
        </Button>
      </Group>
    </Modal>
  );
}
