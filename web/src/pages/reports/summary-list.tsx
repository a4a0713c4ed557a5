import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import type { components } from '../../api/schema';
import { currencySource, resellerSource } from '../../form/sources';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import type { ListColumn, ListDefinition, ListPage } from '../../list/definition';
import { dayText } from '../../ui/text/time-text';
import { ClientLink } from '../../ui/cells/ClientLink';
import { Truncated } from '../../ui/cells/Truncated';
import { Money } from '../../ui/text/Money';

type Row = components['schemas']['SummaryReportRow'];
type Amount = 'charges' | 'payments' | 'refunds' | 'invoices' | 'creditNotes' | 'credit';
type Totals = readonly ({ readonly currency: string; readonly clients: number } & Readonly<Record<Amount, string>>)[];

const amountColumn = (id: Amount, more: Partial<ListColumn<Row>> = {}): ListColumn<Row> => ({
  id,
  label: `reports.${id}`,
  align: 'right',
  exportedWith: ['currency'],
  render: ({ [id]: amount, currency }) => <Money value={{ amount, currency }} />,
  ...more,
});

const period: ListColumn<Row> = {
  id: 'period',
  label: 'reports.period',
  sort: 'period',
  render: ({ period: first }) => dayText(first),
};
const reseller: ListColumn<Row> = {
  id: 'resellerName',
  label: 'reports.reseller',
  exportedWith: ['resellerId'],
  render: ({ resellerName }) => <Truncated text={resellerName} />,
};
const amounts = [
  amountColumn('charges', { sort: 'charges' }),
  amountColumn('payments', { sort: 'payments' }),
  amountColumn('refunds', { optional: true }),
  amountColumn('invoices', { sort: 'invoices' }),
  amountColumn('creditNotes', { optional: true }),
  amountColumn('credit', { sort: 'credit' }),
];

const common = {
  kind: 'payments',
  exportName: 'summary-report',
  title: 'app.nav.reports',
  load: (query, signal) => readList('/v1/reports/summary', query, signal),
  idOf: ({ id }) => id,
  sort: 'period,name',
  include: 'totals',
  summary: Sums,
} as const satisfies Partial<ListDefinition<Row>>;

const filters: ListDefinition<Row>['filters'] = [
  { kind: 'reference', label: 'reports.reseller', parameter: 'resellerId', ...resellerSource },
  { kind: 'reference', label: 'reports.currency', parameter: 'currency', ...currencySource },
];

export const clientSummaryList: ListDefinition<Row> = {
  ...common,
  name: 'summary-report',
  nameOf: ({ clientName, period: first }) => `${clientName ?? ''} ${first}`,
  columns: [
    {
      id: 'clientName',
      label: 'reports.client',
      sort: 'name',
      isName: true,
      exportedWith: ['clientId'],
      render: ({ clientId, clientName }) =>
        clientId !== null && clientName !== null && <ClientLink id={clientId} name={clientName} width={200} />,
    },
    period,
    ...amounts,
    { ...reseller, optional: true },
  ],
  filters,
};

export const resellerSummaryList: ListDefinition<Row> = {
  ...common,
  name: 'summary-report-resellers',
  nameOf: ({ resellerName, period: first }) => `${resellerName} ${first}`,
  columns: [
    { ...reseller, sort: 'name', isName: true },
    period,
    {
      id: 'clients',
      label: 'reports.clients',
      align: 'right',
      render: ({ clients }) => numberFormat(intlLocale()).format(clients),
    },
    ...amounts,
  ],
  filters,
};

/** What all rows add up to, each currency alone. */
function Sums(page: ListPage<Row> & { readonly totals?: Totals }): ReactNode {
  if (!page.totals || page.totals.length === 0) return null;
  return (
    <Group gap="lg" role="status" aria-label={t('reports.totals')}>
      {page.totals.map(({ currency, clients, charges, payments, invoices, credit }) => (
        <Text key={currency} size="sm" component="div">
          <b>{currency}</b>{' '}
          {rich('reports.sum', {
            charges: <Money value={{ amount: charges, currency }} />,
            payments: <Money value={{ amount: payments, currency }} />,
            invoices: <Money value={{ amount: invoices, currency }} />,
            credit: <Money value={{ amount: credit, currency }} />,
          })}{' '}
          <Text span size="sm" c="dimmed">
            {t('reports.ofClients', { n: clients })}
          </Text>
        </Text>
      ))}
    </Group>
  );
}
