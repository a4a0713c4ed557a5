import { Group, Stack, Text } from '@mantine/core';
import { IconMailForward, IconShieldOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import type { User } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { Time } from '../../../ui/text/Time';
import { toastFailure } from '../../../ui/toast';
import { invitationState } from './invitation-state';

interface LoginActionsProps {
  readonly user: User;
  readonly isMyself: boolean;
  /** shows that it is done, and reads the users again */
  readonly onDone: (message: string) => Promise<void>;
}

/** How a user gets a login, and out of a lost second factor. */
export function LoginActions({ user, isMyself, onDone }: LoginActionsProps) {
  const { id, name, email, canLogIn, status, invitation, secondFactor } = user;
  const [isResetting, setResetting] = useState(false);
  const path = { id };
  const invite = useMutation({
    mutationFn: () => unwrap(api.POST('/v1/users/{id}/invite', { params: { path }, body: {} })),
    onSuccess: () => onDone(t('settings.users.invitedToast', { name })),
    onError: toastFailure,
  });
  const state = invitationState(invitation);
  return (
    <Stack gap="xs">
      {!canLogIn && status === 'active' && (
        <>
          <Text size="sm">
            {state === null ? t('settings.users.noLogin') : t(`settings.invitation.${state}`, { email })}{' '}
            {state === 'invited' && invitation?.expiresAt && (
              <>
                {t('account.link.until')} <Time at={invitation.expiresAt} />
              </>
            )}
          </Text>
          <Group>
            <ActionButton
              operation="inviteUser"
              leftSection={<IconMailForward size={16} aria-hidden />}
              loading={invite.isPending}
              onClick={() => invite.mutate()}
            >
              {t(state === null ? 'settings.users.sendInvitation' : 'settings.users.resendInvitation')}
            </ActionButton>
          </Group>
        </>
      )}
      {secondFactor && (
        <Group>
          <ActionButton
            operation="resetSecondFactor"
            variant="default"
            leftSection={<IconShieldOff size={16} aria-hidden />}
            blocked={isMyself ? t('settings.users.ownSecondFactor') : null}
            onClick={() => setResetting(true)}
          >
            {t('settings.users.resetSecondFactor')}
          </ActionButton>
        </Group>
      )}
      <ConfirmDialog
        opened={isResetting}
        onClose={() => setResetting(false)}
        title={t('settings.users.resetSecondFactorOf', { name })}
        effect={t('settings.users.resetSecondFactorEffect')}
        confirm={t('settings.users.resetSecondFactor')}
        isDangerous
        reason="optional"
        onConfirm={async (reason) => {
          const body = { ...(reason && { reason }) };
          await unwrap(api.POST('/v1/users/{id}/second-factor/reset', { params: { path }, body }));
          await onDone(t('settings.users.secondFactorReset', { name }));
        }}
      />
    </Stack>
  );
}
