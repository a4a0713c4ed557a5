import { Text } from '@mantine/core';
import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import { membersOf, type EntryKind } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import type { ListDefinition } from '../../../../list/definition';
import { Money, SignedMoney } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import { dayText } from '../../../../ui/text/time-text';

export type Activity = components['schemas']['ActivityItem'];
const kinds = membersOf<EntryKind>({
  payment: true,
  charge: true,
  adjustment: true,
  transfer_out: true,
  transfer_in: true,
  invoice: true,
  tax: true,
  credit_note: true,
  refund: true,
  reversal: true,
});

/** The ledger of one client, its charges per day; its file has every entry. */
export const activityList: ListDefinition<Activity> = {
  kind: 'payments',
  name: 'ledger-entries',
  title: 'client.tab.ledger',
  sort: '-at',
  load: ({ clientId = '', ...query }, signal) => readList('/v1/clients/{id}/activity', query, signal, { id: clientId }),
  unexported: ['timezone'],
  idOf: ({ id, day }) => (day === null ? id : `${day.from} ${day.to}`),
  nameOf: ({ id, entry }) => entry?.id ?? id,
  columns: [
    {
      id: 'at',
      label: 'client.entry.at',
      sort: 'at',
      isName: true,
      render: ({ at, day }) => (day === null ? <Time at={at} /> : dayText(day.date)),
    },
    {
      id: 'kind',
      label: 'client.entry.kind',
      render: ({ kind, day, count }) =>
        t(day === null ? `client.entry.${kind}` : 'client.event.chargesLink', { n: count }),
    },
    {
      id: 'amount',
      label: 'client.entry.amount',
      align: 'right',
      exportedWith: ['currency'],
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
    { id: 'id', label: 'client.entry.id', render: ({ entry }) => entry?.id ?? '' },
    { id: 'source', label: 'client.entry.source', optional: true, render: ({ entry }) => entry?.source ?? '' },
    {
      id: 'recordedAt',
      label: 'client.entry.recordedAt',
      optional: true,
      render: ({ entry }) => entry && <Time at={entry.recordedAt} />,
    },
    { id: 'note', label: 'client.entry.note', render: ({ entry }) => entry?.note ?? '' },
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
