import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconDots,
  IconEdit,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { ActionItem } from '../../session/ActionItem';
import { stateText } from '../../ui/badges/StateBadge';
import { toastDone, toastFailure } from '../../ui/toast';
import type { Dialog } from './dialogs/ClientDialogs';
import { monitorQuery, useClientRefresh, type Client } from './queries';

interface ClientActionsProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** What is done with a client most: check, take money, lend; the rest in a menu. */
export function ClientActions({ client, onDialog }: ClientActionsProps) {
  const navigate = useNavigate();
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  const { data: monitor } = useQuery(monitorQuery(client.id));
  const isSilenced = monitor?.silences.some(({ rule }) => rule === null) ?? false;
  const isPaused = (monitor?.pausedBy ?? null) !== null;
  return (
    <>
      <CheckButton client={client} />
      <ActionButton
        operation="postClientPayment"
        variant="default"
        blocked={gone}
        onClick={() => onDialog({ kind: 'entry', entry: 'payment' })}
      >
        {t('client.record.payment')}
      </ActionButton>
      <ActionButton
        operation="grantTemporaryCredit"
        variant="default"
        blocked={gone ?? (client.balanceModel === 'unlimited' ? t('problems.client_unlimited') : null)}
        onClick={() => onDialog({ kind: 'grant' })}
      >
        {t('client.grant')}
      </ActionButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('client.more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItem
            operation="silenceMonitor"
            leftSection={isSilenced ? <IconBellRinging size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />}
            blocked={gone}
            onClick={() => onDialog(isSilenced ? { kind: 'unsilence', rule: null } : { kind: 'silence', rule: null })}
          >
            {t(isSilenced ? 'client.unsilence' : 'client.silence')}
          </ActionItem>
          <ActionItem
            operation={isPaused ? 'resumeMonitor' : 'pauseMonitor'}
            leftSection={
              isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
            }
            blocked={gone}
            onClick={() => onDialog({ kind: isPaused ? 'resume' : 'pause' })}
          >
            {t(isPaused ? 'client.resume' : 'client.pause')}
          </ActionItem>
          <ActionItem
            operation="restartMonitor"
            leftSection={<IconRefresh size={16} aria-hidden />}
            blocked={gone}
            onClick={() => onDialog({ kind: 'restart' })}
          >
            {t('client.restart')}
          </ActionItem>
          <Menu.Divider />
          <ActionItem
            operation="updateClient"
            leftSection={<IconEdit size={16} aria-hidden />}
            blocked={gone}
            onClick={() => void navigate(`/clients/${client.id}/edit`)}
          >
            {t('client.edit')}
          </ActionItem>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** Asks the monitor to look now, and says what it found. */
export function CheckButton({ client, size }: { readonly client: Client; readonly size?: 'xs' }) {
  const refresh = useClientRefresh(client.id);
  const check = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/v1/clients/{id}/monitor/check', { params: { path: { id: client.id } }, body: {} })),
    onSuccess(result) {
      const sent = result.verdicts.filter(({ reason }) => reason === 'sent').length;
      toastDone(
        sent === 0 ? t('client.checked.none') : t('client.checked', { n: sent }),
        t('client.checked.title', { state: stateText(result.state) }),
      );
    },
    onError: toastFailure,
    // Not waited for: while no worker runs, the monitor's own answers come late.
    onSettled: () => void refresh(),
  });
  return (
    <ActionButton
      operation="checkNow"
      variant={size ? 'default' : 'filled'}
      {...(size && { size })}
      loading={check.isPending}
      blocked={client.status === 'deleted' ? t('client.headline.deleted') : null}
      onClick={() => check.mutate()}
    >
      {t('client.check')}
    </ActionButton>
  );
}
