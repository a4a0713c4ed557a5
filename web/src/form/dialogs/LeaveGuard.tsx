import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { t } from '../../i18n/t';

interface LeaveGuardProps {
  /** asked before leaving: false where something would be lost */
  readonly mayLeave: () => boolean;
  /** what would be lost; by default what was changed in a form */
  readonly words?: { readonly title: string; readonly text: string; readonly leave: string };
}

/** Asks before unsaved changes are lost: on a link, on Back, on closing the tab. */
export function LeaveGuard({ mayLeave, words = unsaved() }: LeaveGuardProps): ReactNode {
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
      title={words.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text size="sm">{words.text}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={stay}>
          {t('form.leave.stay')}
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          {words.leave}
        </Button>
      </Group>
    </Modal>
  );
}

function unsaved(): NonNullable<LeaveGuardProps['words']> {
  return { title: t('form.leave.title'), text: t('form.leave.text'), leave: t('form.leave.go') };
}
