import { Anchor, Drawer, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { randomId } from '../../../api/random-id';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useItemHref } from '../../../list/use-open-item';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { PaymentSource } from '../../../ui/PaymentSource';
import { Money } from '../../../ui/text/Money';
import { moneyText } from '../../../ui/text/money-text';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { transferQuery, useTransferRefresh, type Transfer } from './queries';

interface TransferDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
}

/** One transfer next to the list, with the action that undoes it. */
export function TransferDrawer({ id, onClose }: TransferDrawerProps): ReactNode {
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('accounts.transfers.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {id !== null && <LoadedTransfer key={id} id={id} />}
    </Drawer>
  );
}

function LoadedTransfer({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(transferQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} role="status" aria-label={t('common.loading')} />;
  return <ShownTransfer transfer={data} />;
}

function ShownTransfer({ transfer }: { readonly transfer: Transfer }): ReactNode {
  const { id, from, to, amount, currency, at, note, source, sourceName, undoes, undoneBy } = transfer;
  const [isAsking, setAsking] = useState(false);
  const refresh = useTransferRefresh();
  const hrefOf = useItemHref('transfer');
  const [key] = useState(randomId);
  const undo = async (reason: string): Promise<void> => {
    const params = { path: { id }, header: { 'idempotency-key': key } };
    await unwrap(api.POST('/v1/transfers/{id}/undo', { params, body: reason === '' ? {} : { note: reason } }));
    toastDone(t('accounts.transfers.undo.done'));
    await refresh();
  };
  const other = (transferId: string | null): ReactNode =>
    transferId === null ? null : (
      <Anchor component={Link} to={hrefOf(transferId)} size="sm">
        {transferId}
      </Anchor>
    );
  return (
    <Stack gap="md">
      <Fields
        rows={[
          [t('accounts.transfers.amount'), <Money key="amount" value={{ amount, currency }} />],
          [t('accounts.transfers.from'), <Side key="from" side={from} currency={currency} />],
          [t('accounts.transfers.to'), <Side key="to" side={to} currency={currency} />],
          [t('accounts.transfers.at'), <Time key="at" at={at} format="second" />],
          [t('accounts.transfers.source'), <PaymentSource key="source" source={source} name={sourceName} />],
          [t('accounts.transfers.note'), note],
          [t('accounts.transfers.id'), id],
          [t('accounts.transfers.undoesLink'), other(undoes)],
          [t('accounts.transfers.undoneBy'), other(undoneBy)],
        ]}
      />
      <Group>
        <ActionButton
          operation="undoTransfer"
          variant="default"
          blocked={
            undoneBy !== null
              ? t('problems.transfer_undone')
              : undoes !== null
                ? t('accounts.transfers.undo.isUndo')
                : null
          }
          onClick={() => setAsking(true)}
        >
          {t('accounts.transfers.undo.action')}
        </ActionButton>
      </Group>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('accounts.transfers.undo.title')}
        effect={t('accounts.transfers.undo.effect', {
          amount: moneyText(amount, currency, intlLocale()),
          ...{ from: to.externalId, to: from.externalId },
        })}
        confirm={t('accounts.transfers.undo.action')}
        reason="optional"
        onConfirm={undo}
      />
    </Stack>
  );
}

function Side({ side, currency }: { readonly side: Transfer['from']; readonly currency: string }): ReactNode {
  return (
    <Stack gap={2}>
      <span translate="no">{side.externalId}</span>
      <Anchor component={Link} to={`/clients/${side.clientId}?tab=accounts`} size="sm">
        {side.clientName}
      </Anchor>
      <span>
        {t('accounts.transfers.balanceAfter')} <Money value={{ amount: side.balanceAfter, currency }} />
      </span>
    </Stack>
  );
}
