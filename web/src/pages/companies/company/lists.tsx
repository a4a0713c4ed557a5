import { Text } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { OutcomeBadge } from '../../../ui/badges/OutcomeBadge';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Money, SignedMoney } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';

type Entry = components['schemas']['CompanyEntry'];
type Notification = components['schemas']['CompanyNotification'];

export const entryKinds = ['payment', 'charge', 'adjustment', 'netting'] as const;

export const companyEntriesList: ListDefinition<Entry> = {
  kind: 'companyEntries',
  name: 'company-entries',
  title: 'companies.tab.entries',
  sort: '-at',
  load: ({ companyId = '', ...query }, signal) =>
    readList('/v1/companies/{id}/entries', query, signal, { id: companyId }),
  idOf: ({ entryId }) => entryId,
  nameOf: ({ id }) => id,
  columns: [
    { id: 'at', label: 'companies.entry.at', sort: 'at', isName: true, render: ({ at }) => <Time at={at} /> },
    { id: 'side', label: 'companies.entry.side', render: ({ side }) => t(`companies.side.${side}`) },
    { id: 'kind', label: 'companies.entry.kind', render: ({ kind }) => t(`companies.entry.${kind}`) },
    {
      id: 'amount',
      label: 'companies.entry.amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => <SignedMoney amount={amount} currency={currency} />,
    },
    {
      id: 'balanceAfter',
      label: 'companies.entry.balanceAfter',
      align: 'right',
      render: ({ balanceAfter, currency }) => <Money value={{ amount: balanceAfter, currency }} />,
    },
    { id: 'id', label: 'companies.entry.id', render: ({ id }) => <span translate="no">{id}</span> },
    { id: 'note', label: 'companies.entry.note', render: ({ note }) => note ?? <EmptyCell /> },
    {
      id: 'source',
      label: 'companies.entry.source',
      optional: true,
      exportedWith: ['sourceName'],
      render: ({ source, sourceName }) => sourceName ?? source,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'companies.entry.side',
      parameter: 'side',
      options: () => (['their', 'our'] as const).map((value) => ({ value, label: t(`companies.side.${value}`) })),
    },
    {
      kind: 'choice',
      label: 'companies.entry.kind',
      parameter: 'kind',
      options: () => entryKinds.map((value) => ({ value, label: t(`companies.entry.${value}`) })),
    },
    { kind: 'time', label: 'companies.entry.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
  ],
};

export const companyNotificationsList: ListDefinition<Notification> = {
  kind: 'companyNotifications',
  name: 'company-notifications',
  title: 'companies.tab.notifications',
  sort: '-at',
  load: ({ companyId = '', ...query }, signal) =>
    readList('/v1/companies/{id}/notifications', query, signal, { id: companyId }),
  idOf: ({ id }) => id,
  nameOf: ({ id }) => id,
  columns: [
    { id: 'at', label: 'companies.notification.at', sort: 'at', isName: true, render: ({ at }) => <Time at={at} /> },
    { id: 'side', label: 'companies.notification.side', render: ({ side }) => t(`companies.side.${side}`) },
    {
      id: 'status',
      label: 'companies.notification.status',
      render: ({ status }) => <OutcomeBadge outcome={status === 'pending' ? 'sending' : status} />,
    },
    {
      id: 'balance',
      label: 'companies.notification.balance',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ balance, currency }) =>
        balance === null || currency === null ? <EmptyCell /> : <Money value={{ amount: balance, currency }} />,
    },
    {
      id: 'threshold',
      label: 'companies.notification.threshold',
      align: 'right',
      exportedWith: ['thresholdCurrency'],
      render: ({ threshold, thresholdCurrency: currency }) =>
        threshold === null || currency === null ? <EmptyCell /> : <Money value={{ amount: threshold, currency }} />,
    },
    {
      id: 'recipients',
      label: 'companies.notification.recipients',
      render: ({ deliveries }) =>
        deliveries.map(({ id, recipient, status, reply }) => (
          <div key={id}>
            {recipient}
            {status !== 'accepted' && reply !== null && (
              <Text size="xs" c="dimmed" lang="en">
                {reply}
              </Text>
            )}
          </div>
        )),
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'companies.notification.side',
      parameter: 'side',
      options: () =>
        (['their', 'our', 'mutual'] as const).map((value) => ({ value, label: t(`companies.side.${value}`) })),
    },
  ],
};
