import {
  IconBellOff,
  IconBellRinging,
  IconCash,
  IconCoins,
  IconEdit,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { useCan, type OperationId } from '../../../session/rights';
import { commandParameter, useCommands, type Command } from '../../../ui/page/commands';
import { useCheckNow } from './check-now';
import type { Dialog } from './dialogs/ClientDialogs';
import { monitorQuery, quietOf, type Client } from './queries';

/** Offers the palette what can be done with this client, in the dialogs of its page; and begins what the address asks for. */
export function useClientCommands(client: Client, open: (dialog: Dialog) => void): void {
  const { id, name, status, balanceModel } = client;
  const can = useCan();
  const navigate = useNavigate();
  const { check } = useCheckNow(id);
  const { data: monitor } = useQuery(monitorQuery(id));
  const { isSilenced, isPaused } = quietOf(monitor);
  const command = (
    word: string,
    operation: OperationId,
    label: string,
    icon: Icon,
    run: () => void,
    isPossible = true,
  ): readonly Command[] =>
    isPossible && status !== 'deleted' && can(operation) ? [{ id: word, label, icon, run }] : [];
  const commands = [
    ...command('payment', 'postClientPayment', t('app.command.payment', { name }), IconCash, () =>
      open({ kind: 'entry', entry: 'payment' }),
    ),
    ...command(
      'grant',
      'grantTemporaryCredit',
      t('app.command.grant', { name }),
      IconCoins,
      () => open({ kind: 'grant' }),
      balanceModel !== 'unlimited',
    ),
    ...command(
      'silence',
      'silenceMonitor',
      t(isSilenced ? 'app.command.unsilence' : 'app.command.silence', { name }),
      isSilenced ? IconBellRinging : IconBellOff,
      () => open({ kind: isSilenced ? 'unsilence' : 'silence', rule: null }),
    ),
    ...command('check', 'checkNow', t('app.command.check', { name }), IconRefresh, check),
    ...command(
      'pause',
      isPaused ? 'resumeMonitor' : 'pauseMonitor',
      t(isPaused ? 'app.command.resume' : 'app.command.pause', { name }),
      isPaused ? IconPlayerPlay : IconPlayerPause,
      () => open({ kind: isPaused ? 'resume' : 'pause' }),
    ),
    ...command(
      'edit',
      'updateClient',
      t('app.command.edit', { name }),
      IconEdit,
      () => void navigate(`/clients/${id}/edit`),
    ),
  ];
  useCommands(name, commands);
  useAskedCommand(commands, monitor !== undefined);
}

/** Once the page knows what can be done; the address forgets it, so that a reload does not do it again. */
function useAskedCommand(commands: readonly Command[], isReady: boolean): void {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get(commandParameter);
  useEffect(() => {
    if (asked === null || !isReady) return;
    setParameters(
      (now) => {
        now.delete(commandParameter);
        return now;
      },
      { replace: true },
    );
    commands.find(({ id }) => id === asked)?.run();
    // Only when it is asked, not whenever the commands are made again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, isReady]);
}
