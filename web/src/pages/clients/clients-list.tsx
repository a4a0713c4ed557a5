import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import type { Facet, ListColumn, ListDefinition, ListPage } from '../../list/definition';
import { reasons, reasonText } from '../../ui/badges/Reason';
import { clientFields, fieldLabel, fieldText, type ClientField } from '../../ui/text/client-field';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import {
  Available,
  Headroom,
  LowRule,
  NextCheck,
  ProfileName,
  Runway,
  State,
  Status,
  Tags,
  TemporaryCredit,
} from './cells';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Truncated } from '../../ui/cells/Truncated';
import { clientFilters } from './filters';
import { ClientRates } from './rate-cells';

export type ClientRow = components['schemas']['ClientListItem'];

/** Widths of windows from which more columns have room next to the navigation, none of them cut. */
const [notSmall, wide, wider, widest] = [1400, 1640, 1900, 2240];

/** The table of docs/manuals.md#client-list, with state, headroom, checks, and notifications. */
const columns: readonly ListColumn<ClientRow>[] = [
  { id: 'id', label: 'clients.id', sort: 'id', align: 'right', minWindow: notSmall, render: ({ id }) => id },
  { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
  {
    id: 'available',
    exportedWith: ['unlimited', 'currency', 'lastKnownLive', 'lastKnownAt'],
    label: 'clients.available',
    group: 'clients.balance',
    align: 'right',
    sort: 'available',
    render: (client) => <Available client={client} />,
  },
  {
    id: 'live',
    exportedWith: ['currency'],
    label: 'clients.live',
    group: 'clients.balance',
    align: 'right',
    sort: 'live',
    minWindow: notSmall,
    render: ({ balance }) => <Money value={balance.live} />,
  },
  {
    id: 'fixed',
    exportedWith: ['currency'],
    label: 'clients.fixed',
    group: 'clients.balance',
    align: 'right',
    sort: 'fixed',
    minWindow: wide,
    render: ({ balance }) => <Money value={balance.fixed} />,
  },
  {
    id: 'paymentTerms',
    label: 'clients.paymentTermsId',
    sort: 'paymentTermsLabel',
    minWindow: widest,
    render: ({ paymentTermsLabel, paymentTermsName }) =>
      paymentTermsLabel === null ? (
        <EmptyCell />
      ) : (
        <span title={paymentTermsName ?? undefined}>{paymentTermsLabel}</span>
      ),
  },
  { id: 'tags', label: 'clients.tags', sort: 'tags', minWindow: wider, render: ({ tags }) => <Tags tags={tags} /> },
  {
    id: 'resellerName',
    label: 'clients.reseller',
    sort: 'resellerName',
    minWindow: widest,
    render: ({ resellerName }) => resellerName,
  },
  { id: 'state', label: 'clients.state', sort: 'state', render: (client) => <State client={client} /> },
  {
    id: 'lowRule',
    exportedWith: ['lowRuleThreshold', 'lowRuleCurrency', 'lowRuleReason'],
    label: 'clients.lowRule',
    sort: 'lowRule',
    render: (client) => <LowRule client={client} />,
  },
  {
    id: 'headroom',
    exportedWith: ['headroomPercent', 'nearestThreshold', 'currency'],
    label: 'clients.headroom',
    sort: 'headroomPercent',
    render: (client) => <Headroom client={client} />,
  },
  {
    id: 'profileName',
    label: 'clients.profile',
    sort: 'profileName',
    minWindow: wide,
    render: ({ profileName }) => <ProfileName name={profileName} />,
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
    minWindow: widest,
    render: ({ lastNoticeAt, timezone }) => <Time at={lastNoticeAt} show="relative" clientZone={timezone} />,
  },
  {
    id: 'runway',
    label: 'clients.runway',
    sort: 'runway',
    optional: true,
    exported: false,
    include: 'runway',
    render: ({ runway }) => runway && <Runway runway={runway} />,
  },
  {
    id: 'temporaryCredit',
    exportedWith: ['temporaryCreditUntil', 'currency'],
    label: 'clients.temporaryCredit',
    sort: 'temporaryCredit',
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
    id: 'taxProfile',
    label: 'clients.taxProfileId',
    sort: 'taxProfileName',
    optional: true,
    render: ({ taxProfileName }) => taxProfileName ?? <EmptyCell />,
  },
  {
    id: 'invoiceTemplate',
    label: 'clients.invoiceTemplateId',
    sort: 'invoiceTemplateName',
    optional: true,
    render: ({ invoiceTemplateName }) => invoiceTemplateName ?? <EmptyCell />,
  },
  {
    id: 'clientTemplate',
    label: 'clients.clientTemplateId',
    sort: 'clientTemplateName',
    optional: true,
    render: ({ clientTemplateName }) => clientTemplateName ?? <EmptyCell />,
  },
  {
    id: 'rates',
    label: 'clients.rates',
    sort: 'originationRateTableName',
    optional: true,
    render: (client) => <ClientRates client={client} />,
  },
  {
    id: 'customerClass',
    label: 'clients.customerClassId',
    sort: 'customerClassName',
    optional: true,
    render: ({ customerClassName }) => customerClassName ?? <EmptyCell />,
  },
  {
    id: 'managerName',
    label: 'clients.manager',
    sort: 'managerName',
    optional: true,
    render: ({ managerName }) => managerName ?? <EmptyCell />,
  },
  {
    id: 'billingEmail',
    label: 'clients.billingEmail',
    sort: 'billingEmail',
    optional: true,
    render: ({ billingEmail }) => billingEmail ?? <EmptyCell />,
  },
  {
    id: 'externalId',
    label: 'clients.externalId',
    sort: 'externalId',
    optional: true,
    render: ({ externalId }) => externalId ?? <EmptyCell />,
  },
  { id: 'timezone', label: 'clients.timezone', sort: 'timezone', optional: true, render: ({ timezone }) => timezone },
  {
    id: 'createdAt',
    label: 'clients.created',
    sort: 'createdAt',
    optional: true,
    render: ({ createdAt }) => <Time at={createdAt} />,
  },
];

/** The other fields of the catalogue that the CSV has, each shown only when chosen. */
const otherColumns: readonly ListColumn<ClientRow>[] = clientFields
  .filter(({ name, spec }) => spec.csv !== undefined && !columns.some(({ id }) => id === name))
  .map((field) => ({
    id: field.name,
    label: fieldLabel(field.name),
    optional: true,
    ...(field.spec.sortable === true && { sort: field.name }),
    ...(field.spec.type === 'integer' && { align: 'right' }),
    ...(field.spec.type === 'money' && { align: 'right', exportedWith: ['currency'] }),
    render: (client) => cellOf(field, client),
  }));

function cellOf(field: ClientField, client: ClientRow): ReactNode {
  const value = client[field.name];
  if (field.spec.type === 'money' && value !== null) {
    return <Money value={{ amount: String(value), currency: client.currency }} />;
  }
  const text = fieldText(field, value);
  if (text === null) return <EmptyCell />;
  return field.spec.lines ? <Truncated text={text} /> : text;
}

export const clientsList: ListDefinition<ClientRow> = {
  kind: 'clients',
  name: 'clients',
  title: 'app.nav.clients',
  load: (query, signal) => readList('/v1/clients', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'clients.search' },
  columns: [...columns, ...otherColumns],
  filters: clientFilters,
  include: 'facets',
  facets: facetsOf,
};

type Facets = components['schemas']['ClientFacets'];

/** A page of this list carries its facets: why clients with a low rule were not notified. */
function facetsOf({ facets }: ListPage<ClientRow> & { readonly facets?: Facets }): readonly Facet[] {
  const counts = new Map(facets?.ruleReason.map(({ word, count }) => [word, count]));
  const options = notNotified.flatMap((value) => {
    const count = counts.get(value) ?? 0;
    return count > 0 ? [{ value, label: reasonText(value), count }] : [];
  });
  return [{ parameter: 'ruleReason', label: 'clients.notNotified', options }];
}

/** Of a rule that is low, or might be. */
const notNotified = reasons.filter(
  (reason) => !['off', 'unlimited', 'above_threshold', 'sent', 'paused'].includes(reason),
);
