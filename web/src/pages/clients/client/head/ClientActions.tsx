import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconDots,
  IconEdit,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconStethoscope,
  IconTrash,
} from '@tabler/icons-react';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { ActionItem } from '../../../../session/ActionItem';
import { useCan } from '../../../../session/rights';
import { useCheckNow } from '../check-now';
import type { Dialog } from '../dialogs/ClientDialogs';
import { monitorQuery, quietOf, type Client } from '../queries';

/** What the menu offers; without a right to any of it there is no menu. */
const menuOperations = [
  ...['silenceMonitor', 'pauseMonitor', 'resumeMonitor', 'restartMonitor', 'updateClient', 'deleteClient'],
] as const;

interface ClientActionsProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The most frequent actions: record a payment, grant credit, check; the rest in a menu. */
export function ClientActions({ client, onDialog }: ClientActionsProps) {
  const navigate = useNavigate();
  const can = useCan();
  const { check, isPending } = useCheckNow(client.id);
  // Three buttons and the menu have no room in one row.
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const gone = client.status === 'deleted' ? t('client.headline.deleted') : null;
  const { data: monitor } = useQuery(monitorQuery(client.id));
  const { isSilenced, isPaused } = quietOf(monitor);
  if (client.status === 'deleted') return <OfDeleted onDialog={onDialog} />;
  return (
    <>
      <ActionButton
        isInRow
        operation="postClientPayment"
        blocked={gone}
        onClick={() => onDialog({ kind: 'entry', entry: 'payment' })}
      >
        {t('client.record.payment')}
      </ActionButton>
      <ActionButton
        isInRow
        operation="grantTemporaryCredit"
        variant="default"
        blocked={gone ?? (client.balanceModel === 'unlimited' ? t('problems.client_unlimited') : null)}
        onClick={() => onDialog({ kind: 'grant' })}
      >
        {t(isNarrow ? 'credit.grant' : 'credit.new')}
      </ActionButton>
      {!isNarrow && (
        <ActionButton isInRow operation="checkNow" variant="default" loading={isPending} blocked={gone} onClick={check}>
          {t('client.check')}
        </ActionButton>
      )}
      {menuOperations.some(can) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('client.more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isNarrow && (
              <ActionItem
                operation="checkNow"
                leftSection={<IconStethoscope size={16} aria-hidden />}
                blocked={gone}
                onClick={check}
              >
                {t('client.check')}
              </ActionItem>
            )}
            <ActionItem
              operation="silenceMonitor"
              leftSection={
                isSilenced ? <IconBellRinging size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />
              }
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
            <ActionItem
              operation="deleteClient"
              leftSection={<IconTrash size={16} aria-hidden />}
              blocked={gone}
              onClick={() => onDialog({ kind: 'delete' })}
            >
              {t('clients.delete')}
            </ActionItem>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

/** A deleted client can only be restored, or removed for good. */
function OfDeleted({ onDialog }: Pick<ClientActionsProps, 'onDialog'>) {
  return (
    <>
      <ActionButton isInRow operation="restoreClient" onClick={() => onDialog({ kind: 'restore' })}>
        {t('clients.restore')}
      </ActionButton>
      <ActionButton
        isInRow
        operation="fullDeleteClient"
        variant="default"
        onClick={() => onDialog({ kind: 'fullDelete' })}
      >
        {t('clients.fullDelete')}
      </ActionButton>
    </>
  );
}
