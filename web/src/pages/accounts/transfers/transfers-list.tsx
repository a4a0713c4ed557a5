import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { readList } from '../../../api/lists';
import { clientSource, currencySource, resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { ClientLink } from '../../../ui/cells/ClientLink';
import { Truncated } from '../../../ui/cells/Truncated';
import { paymentSourceText } from '../../../ui/PaymentSource';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import type { Transfer } from './queries';

/** Every charge of the fleet announces a change of its client; transfers are looked for less often. */
const gatherMs = 15_000;

export const transfersList: ListDefinition<Transfer> = {
  kind: 'transfers',
  name: 'transfers',
  title: 'app.nav.transfers',
  load: (query, signal) => readList('/v1/transfers', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ from, to }) => t('accounts.transfers.between', { from: from.externalId, to: to.externalId }),
  sort: '-at',
  search: { parameter: 'q', placeholder: 'accounts.transfers.search' },
  gatherMs,
  columns: [
    {
      id: 'at',
      label: 'accounts.transfers.at',
      sort: 'at',
      isName: true,
      render: ({ at }) => <Time at={at} format="short" />,
    },
    {
      id: 'amount',
      label: 'accounts.transfers.amount',
      sort: 'amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => <Money value={{ amount, currency }} />,
    },
    { id: 'from', label: 'accounts.transfers.from', render: ({ from }) => <Truncated text={from.externalId} isName /> },
    {
      id: 'fromClient',
      label: 'accounts.transfers.fromClient',
      exportedWith: ['fromClientId'],
      render: ({ from }) => <ClientLink id={from.clientId} name={from.clientName} width={180} />,
    },
    { id: 'to', label: 'accounts.transfers.to', render: ({ to }) => <Truncated text={to.externalId} isName /> },
    {
      id: 'toClient',
      label: 'accounts.transfers.toClient',
      exportedWith: ['toClientId'],
      render: ({ to }) => <ClientLink id={to.clientId} name={to.clientName} width={180} />,
    },
    {
      id: 'undoes',
      label: 'accounts.transfers.undo',
      exportedWith: ['undoneBy'],
      render: ({ undoes, undoneBy }) => <UndoState undoes={undoes} undoneBy={undoneBy} />,
    },
    {
      id: 'sourceName',
      label: 'accounts.transfers.source',
      optional: true,
      exportedWith: ['source'],
      render: ({ source, sourceName }) => <Truncated text={paymentSourceText(source, sourceName)} />,
    },
    {
      id: 'note',
      label: 'accounts.transfers.note',
      optional: true,
      render: ({ note }) => note && <Truncated text={note} />,
    },
  ],
  filters: [
    { kind: 'time', label: 'accounts.transfers.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
    { kind: 'reference', label: 'accounts.transfers.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'accounts.transfers.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'accounts.transfers.currency', parameter: 'currency', ...currencySource },
    {
      ...{
        kind: 'money',
        label: 'accounts.transfers.amount',
        from: 'amountFrom',
        to: 'amountTo',
        currency: 'currency',
      },
      keepsCurrency: true,
    },
  ],
};

function UndoState({ undoes, undoneBy }: Pick<Transfer, 'undoes' | 'undoneBy'>): ReactNode {
  if (undoneBy !== null) return <Text size="sm">{t('accounts.transfers.undone')}</Text>;
  return undoes === null ? null : <Text size="sm">{t('accounts.transfers.undoes', { id: undoes })}</Text>;
}
