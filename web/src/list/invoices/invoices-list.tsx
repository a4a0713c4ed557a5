import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { usableZone } from '../../i18n/intl';
import { readList } from '../../api/lists';
import { clientSource, currencySource, resellerSource } from '../../form/sources';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { EmailBadge } from '../../ui/badges/EmailBadge';
import { InvoiceBadge } from '../../ui/badges/InvoiceBadge';
import { ClientLink } from '../../ui/cells/ClientLink';
import { Truncated } from '../../ui/cells/Truncated';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { dayText, timeText } from '../../ui/text/time-text';
import type { ListColumn, ListDefinition, ListPage } from '../definition';
import { type Invoice, type InvoiceTotals } from './queries';

/** Every charge announces a change of its client; invoices are counted less often. */
const gatherMs = 15_000;

const statuses = ['draft', 'issued', 'void'] as const;
const paymentStatuses = ['unpaid', 'partly_paid', 'paid', 'not_payable'] as const;
const types = ['outgoing', 'credit_note'] as const;
const origins = ['auto', 'manual'] as const;

const client: ListColumn<Invoice> = {
  id: 'clientName',
  label: 'invoices.client',
  sort: 'clientName',
  exportedWith: ['clientId'],
  render: ({ clientId, clientName }) => <ClientLink id={clientId} name={clientName} width={200} />,
};

const columns: readonly ListColumn<Invoice>[] = [
  { id: 'no', label: 'invoices.no', sort: 'no', isName: true, render: nameOf },
  { id: 'state', label: 'invoices.state', render: ({ state }) => <InvoiceBadge state={state} /> },
  {
    id: 'issuedAt',
    label: 'invoices.date',
    sort: 'date',
    render: ({ issuedAt, timezone }) => issuedAt && dayOfInvoice(issuedAt, timezone),
  },
  { id: 'dueOn', label: 'invoices.dueOn', sort: 'dueOn', render: ({ dueOn }) => dueOn && dayText(dueOn) },
  { ...amountColumn('total', 'invoices.total'), sort: 'total' },
  { ...amountColumn('outstanding', 'invoices.outstanding'), sort: 'outstanding' },
  {
    id: 'periodStart',
    label: 'invoices.period',
    exportedWith: ['periodEnd'],
    optional: true,
    render: (invoice) => <Period invoice={invoice} />,
  },
  { ...amountColumn('net', 'invoices.net'), optional: true },
  { ...amountColumn('tax', 'invoices.tax'), optional: true },
  { ...amountColumn('paid', 'invoices.paid'), optional: true },
  { ...amountColumn('credited', 'invoices.credited'), optional: true },
  {
    id: 'emailState',
    label: 'invoices.emailState',
    optional: true,
    render: ({ emailState }) => emailState && <EmailBadge state={emailState} />,
  },
  { id: 'type', label: 'invoices.type', optional: true, render: ({ type }) => t(`invoices.type.${type}`) },
  { id: 'origin', label: 'invoices.origin', render: ({ origin }) => t(`invoices.origin.${origin}`) },
  {
    id: 'description',
    label: 'invoices.description',
    optional: true,
    render: ({ description }) => description && <Truncated text={description} />,
  },
];

const common = {
  kind: 'invoices',
  load: (query, signal) => readList('/v1/invoices', query, signal),
  idOf: ({ id }) => id,
  nameOf,
  sort: '-date',
  include: 'totals',
  summary: Totals,
  gatherMs,
} as const satisfies Partial<ListDefinition<Invoice>>;

const stateFilters: ListDefinition<Invoice>['filters'] = [
  {
    kind: 'choice',
    label: 'invoices.status',
    parameter: 'status',
    options: () => statuses.map((value) => ({ value, label: t(`invoices.status.${value}`) })),
  },
  {
    kind: 'choice',
    label: 'invoices.paymentStatus',
    parameter: 'paymentStatus',
    options: () => paymentStatuses.map((value) => ({ value, label: t(`invoices.state.${value}`) })),
  },
  { kind: 'flag', label: 'invoices.overdue', parameter: 'overdue', value: 'true' },
  {
    kind: 'choice',
    label: 'invoices.type',
    parameter: 'type',
    options: () => types.map((value) => ({ value, label: t(`invoices.type.${value}`) })),
  },
  {
    kind: 'choice',
    label: 'invoices.origin',
    parameter: 'origin',
    options: () => origins.map((value) => ({ value, label: t(`invoices.origin.${value}`) })),
  },
  { kind: 'time', label: 'invoices.date', from: 'from', to: 'to', picks: ['-7d', '-30d'] },
  { kind: 'time', label: 'invoices.period', from: 'periodFrom', to: 'periodTo' },
];

/** Invoices of all clients. */
export const invoicesList: ListDefinition<Invoice> = {
  ...common,
  name: 'invoices',
  title: 'app.nav.invoices',
  search: { parameter: 'q', placeholder: 'invoices.search' },
  columns: [
    ...columns.slice(0, 2),
    client,
    ...columns.slice(2),
    {
      id: 'resellerName',
      label: 'invoices.reseller',
      optional: true,
      render: ({ resellerName }) => <Truncated text={resellerName} />,
    },
  ],
  filters: [
    ...stateFilters,
    { kind: 'reference', label: 'invoices.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'invoices.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'invoices.currency', parameter: 'currency', ...currencySource },
  ],
};

/** Invoices of one client. */
export const clientInvoicesList: ListDefinition<Invoice> = {
  ...common,
  name: 'client-invoices',
  exportName: 'invoices',
  title: 'client.tab.invoices',
  columns,
  filters: stateFilters,
};

export function nameOf({ no }: Pick<Invoice, 'no'>): string {
  return no ?? t('invoices.draft');
}

function amountColumn(
  id: 'total' | 'outstanding' | 'net' | 'tax' | 'paid' | 'credited',
  label: ListColumn<Invoice>['label'],
): ListColumn<Invoice> {
  return {
    id,
    label,
    align: 'right',
    exportedWith: ['currency'],
    // A draft is added up when it is opened.
    render: ({ [id]: amount, currency }) => amount !== null && <Money value={{ amount, currency }} />,
  };
}

/** From the first to the last moment, in the zone of the invoice. */
export function Period({ invoice }: { readonly invoice: Invoice }): ReactNode {
  const { periodStart, periodEnd, timezone } = invoice;
  return rich('invoices.period.value', {
    from: <Time at={periodStart} format="short" clientZone={timezone} />,
    to: <Time at={periodEnd} format="short" clientZone={timezone} />,
  });
}

/** What all issued invoices that match add up to, each currency alone. */
function Totals(page: ListPage<Invoice> & { readonly totals?: InvoiceTotals }): ReactNode {
  if (!page.totals || page.totals.length === 0) return null;
  return (
    <Group gap="lg" role="status" aria-label={t('invoices.total')}>
      {page.totals.map(({ currency, invoices, total, outstanding }) => (
        <Text key={currency} size="sm" component="div">
          <b>
            <Money value={{ amount: total, currency }} />
          </b>{' '}
          <Text span size="sm" c="dimmed">
            {t('invoices.count', { n: invoices })},{' '}
            {rich('invoices.outstandingOf', { amount: <Money value={{ amount: outstanding, currency }} /> })}
          </Text>
        </Text>
      ))}
    </Group>
  );
}

/** A date of an invoice is a day of its time zone, as on its PDF, wherever the reader is. */
export function dayOfInvoice(instant: string, timezone: string): string {
  return timeText(Date.parse(instant), usableZone(timezone), intlLocale(), 'date');
}
