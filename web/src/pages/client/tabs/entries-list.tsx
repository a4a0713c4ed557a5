import { membersOf, type EntryKind } from '../../../api/types';
import { Text } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Money, SignedMoney } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';

type Entry = components['schemas']['LedgerEntry'];
const kinds = membersOf<EntryKind>({ payment: true, charge: true, adjustment: true, transfer: true, invoice: true });

/** The ledger of one client. */
export const entries: ListDefinition<Entry> = {
  kind: 'payments',
  name: 'client-entries',
  title: 'client.tab.ledger',
  sort: '-at',
  exported: false,
  load: ({ clientId = '', ...query }, signal) => readList('/v1/clients/{id}/entries', query, signal, { id: clientId }),
  idOf: ({ entryId }) => entryId,
  nameOf: ({ id }) => id,
  columns: [
    { id: 'at', label: 'client.entry.at', sort: 'at', render: ({ at }) => <Time at={at} /> },
    { id: 'kind', label: 'client.entry.kind', render: ({ kind }) => t(`client.entry.${kind}`) },
    { id: 'id', label: 'client.entry.id', isName: true, render: ({ id }) => id },
    {
      id: 'amount',
      label: 'client.entry.amount',
      align: 'right',
      render: ({ amount, currency }) => <SignedMoney amount={amount} currency={currency} />,
    },
    {
      id: 'liveAfter',
      label: 'client.entry.liveAfter',
      align: 'right',
      render: ({ liveAfter, currency, kind }) =>
        // An invoice moves the fixed balance only.
        kind === 'invoice' ? (
          <Text span size="sm" c="dimmed">
            {t('client.entry.unchanged')}
          </Text>
        ) : (
          <Money value={{ amount: liveAfter, currency }} />
        ),
    },
    { id: 'source', label: 'client.entry.source', optional: true, render: ({ source }) => source },
    {
      id: 'recordedAt',
      label: 'client.entry.recordedAt',
      optional: true,
      render: (entry) => <Time at={entry.recordedAt} />,
    },
    { id: 'note', label: 'client.entry.note', render: ({ note }) => note ?? '' },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'client.entry.kind',
      parameter: 'kind',
      options: () => kinds.map((kind) => ({ value: kind, label: t(`client.entry.${kind}`) })),
    },
    { kind: 'time', label: 'client.entry.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};
