import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import type { ListColumn, ListDefinition } from '../../list/definition';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { Headroom, NextCheck, EmptyCell, Runway, State, Status, Tags, TemporaryCredit } from './cells';
import { clientFilters } from './filters';

export type ClientRow = components['schemas']['ClientListItem'];

/** The table of docs/manuals.md#client-list, with state, headroom, checks, and notifications. */
const columns: readonly ListColumn<ClientRow>[] = [
  { id: 'id', label: 'clients.id', sort: 'id', align: 'right', render: ({ id }) => id },
  { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
  {
    id: 'available',
    exportedWith: ['unlimited', 'currency'],
    label: 'clients.available',
    group: 'clients.balance',
    align: 'right',
    sort: 'available',
    render: ({ balance }) => <Money value={balance.available} />,
  },
  {
    id: 'live',
    exportedWith: ['currency'],
    label: 'clients.live',
    group: 'clients.balance',
    align: 'right',
    sort: 'live',
    render: ({ balance }) => <Money value={balance.live} />,
  },
  {
    id: 'fixed',
    exportedWith: ['currency'],
    label: 'clients.fixed',
    group: 'clients.balance',
    align: 'right',
    sort: 'fixed',
    render: ({ balance }) => <Money value={balance.fixed} />,
  },
  { id: 'state', label: 'clients.state', sort: 'state', render: (client) => <State client={client} /> },
  {
    id: 'headroom',
    exportedWith: ['currency'],
    label: 'clients.headroom',
    sort: 'headroomPercent',
    render: (client) => <Headroom client={client} />,
  },
  {
    id: 'profileName',
    label: 'clients.profile',
    sort: 'profileName',
    render: ({ profileName }) => profileName ?? <EmptyCell />,
  },
  {
    id: 'nextCheckAt',
    label: 'clients.nextCheck',
    sort: 'nextCheckAt',
    render: (client) => <NextCheck client={client} />,
  },
  {
    id: 'lastNoticeAt',
    label: 'clients.lastNotification',
    sort: 'lastNoticeAt',
    render: ({ lastNoticeAt, timezone }) => <Time at={lastNoticeAt} show="relative" clientZone={timezone} />,
  },
  { id: 'paymentTerms', label: 'clients.paymentTerms', render: ({ paymentTerms }) => paymentTerms ?? <EmptyCell /> },
  { id: 'tags', label: 'clients.tags', render: ({ tags }) => <Tags tags={tags} /> },
  { id: 'resellerName', label: 'clients.reseller', sort: 'resellerName', render: ({ resellerName }) => resellerName },
  {
    id: 'runway',
    label: 'clients.runway',
    optional: true,
    exported: false,
    include: 'runway',
    render: ({ runway }) => runway && <Runway runway={runway} />,
  },
  {
    id: 'temporaryCredit',
    exportedWith: ['temporaryCreditUntil', 'currency'],
    label: 'clients.temporaryCredit',
    align: 'right',
    optional: true,
    render: ({ temporaryCredit }) => <TemporaryCredit credit={temporaryCredit} />,
  },
  {
    id: 'creditLimit',
    exportedWith: ['currency'],
    label: 'clients.creditLimit',
    align: 'right',
    sort: 'creditLimit',
    optional: true,
    render: ({ creditLimit, currency, balanceModel }) =>
      balanceModel === 'unlimited' ? (
        <Money value={{ unlimited: true, currency }} />
      ) : (
        <Money value={{ amount: creditLimit, currency }} />
      ),
  },
  {
    id: 'lastChargeAt',
    label: 'clients.lastCharge',
    sort: 'lastChargeAt',
    optional: true,
    render: ({ lastChargeAt, timezone }) => <Time at={lastChargeAt} show="relative" clientZone={timezone} />,
  },
  {
    id: 'lastCheckAt',
    label: 'clients.lastCheck',
    sort: 'lastCheckAt',
    optional: true,
    render: ({ lastCheckAt, timezone }) => <Time at={lastCheckAt} show="relative" clientZone={timezone} />,
  },
  { id: 'currency', label: 'clients.currency', sort: 'currency', optional: true, render: ({ currency }) => currency },
  {
    id: 'status',
    label: 'clients.status',
    sort: 'status',
    optional: true,
    render: ({ status }) => <Status status={status} />,
  },
  {
    id: 'managerName',
    label: 'clients.manager',
    optional: true,
    render: ({ managerName }) => managerName ?? <EmptyCell />,
  },
  {
    id: 'billingEmail',
    label: 'clients.billingEmail',
    optional: true,
    render: ({ billingEmail }) => billingEmail ?? <EmptyCell />,
  },
  {
    id: 'externalId',
    label: 'clients.externalId',
    optional: true,
    render: ({ externalId }) => externalId ?? <EmptyCell />,
  },
  { id: 'timezone', label: 'clients.timezone', optional: true, render: ({ timezone }) => timezone },
  {
    id: 'createdAt',
    label: 'clients.created',
    sort: 'createdAt',
    optional: true,
    render: ({ createdAt }) => <Time at={createdAt} />,
  },
];

export const clientsList: ListDefinition<ClientRow> = {
  kind: 'clients',
  name: 'clients',
  title: 'app.nav.clients',
  load: (query, signal) => readList('/v1/clients', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'clients.search' },
  columns,
  filters: clientFilters,
};
