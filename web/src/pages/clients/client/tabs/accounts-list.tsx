import { IconCircleCheck, IconCircleX, IconClockX, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import { membersOf } from '../../../../api/types';
import { t } from '../../../../i18n/t';
import type { ListDefinition, ListPage } from '../../../../list/definition';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { EmptyCell } from '../../../../ui/cells/EmptyCell';
import { Money } from '../../../../ui/text/Money';
import { isZero } from '../../../../ui/text/money-text';
import { dayText } from '../../../../ui/text/time-text';

export type Account = components['schemas']['Account'];

const kinds = membersOf<Account['kind']>({ debit: true, credit: true, subordinate: true });
const statuses = membersOf<Account['status']>({ active: true, blocked: true, closed: true });

/** The accounts under one client. */
export const accountsList: ListDefinition<Account> = {
  kind: 'accounts',
  name: 'accounts',
  title: 'client.tab.accounts',
  load: (query, signal) => readList('/v1/accounts', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ externalId }) => externalId,
  sort: 'externalId',
  search: { parameter: 'q', placeholder: 'accounts.search' },
  columns: [
    {
      id: 'externalId',
      label: 'accounts.externalId',
      sort: 'externalId',
      isName: true,
      render: ({ externalId }) => <span translate="no">{externalId}</span>,
    },
    { id: 'kind', label: 'accounts.kind', render: ({ kind }) => t(`accounts.kind.${kind}`) },
    { id: 'status', label: 'accounts.status', render: (account) => <AccountStatus account={account} /> },
    {
      id: 'balance',
      label: 'accounts.balance',
      sort: 'balance',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ balance, currency }) => amountOf(balance, currency),
    },
    {
      id: 'owed',
      label: 'accounts.owed',
      align: 'right',
      exported: false,
      render: ({ owed, currency }) =>
        owed === null || isZero(owed) ? null : <Money value={{ amount: owed, currency }} />,
    },
    {
      id: 'available',
      label: 'accounts.available',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ available, currency }) => amountOf(available, currency),
    },
    {
      id: 'creditLimit',
      label: 'accounts.creditLimit',
      optional: true,
      align: 'right',
      render: ({ kind, creditLimit, currency }) => amountOf(kind === 'credit' ? creditLimit : null, currency),
    },
    {
      id: 'dailyTransferLimit',
      label: 'accounts.dailyTransferLimit',
      optional: true,
      align: 'right',
      render: ({ dailyTransferLimit, currency }) => amountOf(dailyTransferLimit, currency),
    },
    {
      id: 'expiresOn',
      label: 'accounts.expiresOn',
      optional: true,
      render: ({ expiresOn }) => expiresOn && dayText(expiresOn),
    },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'accounts.kind', parameter: 'kind' },
      options: () => kinds.map((kind) => ({ value: kind, label: t(`accounts.kind.${kind}`) })),
    },
    {
      ...{ kind: 'choice', label: 'accounts.status', parameter: 'status' },
      options: () => statuses.map((status) => ({ value: status, label: t(`accounts.status.${status}`) })),
    },
  ],
};

export type AccountsPage = ListPage<Account> & {
  readonly parts?: { readonly common: string; readonly accounts: string } | null;
};

function amountOf(amount: string | null, currency: string): ReactNode {
  return amount === null ? <EmptyCell /> : <Money value={{ amount, currency }} />;
}

function AccountStatus({ account }: { readonly account: Account }): ReactNode {
  const { status, expired } = account;
  if (status === 'blocked') {
    return (
      <ToneBadge tone="amber" icon={IconLock}>
        {t('accounts.status.blocked')}
      </ToneBadge>
    );
  }
  if (status === 'closed') {
    return (
      <ToneBadge tone="gray" icon={IconCircleX}>
        {t('accounts.status.closed')}
      </ToneBadge>
    );
  }
  return expired ? (
    <ToneBadge tone="amber" icon={IconClockX}>
      {t('accounts.expired')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('accounts.status.active')}
    </ToneBadge>
  );
}
