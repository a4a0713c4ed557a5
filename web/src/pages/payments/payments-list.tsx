import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import { clientSource, currencySource, resellerSource } from '../../form/sources';
import { t } from '../../i18n/t';
import type { ListDefinition, ListPage } from '../../list/definition';
import { ClientLink } from '../../ui/cells/ClientLink';
import { Truncated } from '../../ui/cells/Truncated';
import { paymentSourceText } from '../../ui/PaymentSource';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { paymentSources, type Payment, type PaymentTotals } from './queries';

/** Every charge of the fleet announces a change of its client; payments are counted less often. */
const gatherMs = 15_000;

export const paymentsList: ListDefinition<Payment> = {
  kind: 'payments',
  name: 'payments',
  title: 'app.nav.payments',
  load: (query, signal) => readList('/v1/payments', query, signal),
  idOf: ({ entryId }) => entryId,
  nameOf: ({ id, clientName }) => `${id}, ${clientName}`,
  sort: '-at',
  search: { parameter: 'q', placeholder: 'payments.search' },
  include: 'totals',
  summary: Totals,
  gatherMs,
  columns: [
    { id: 'at', label: 'payments.at', sort: 'at', render: ({ at }) => <Time at={at} format="short" /> },
    { id: 'id', label: 'payments.id', isName: true, grows: true, render: ({ id }) => id },
    {
      id: 'clientName',
      label: 'payments.client',
      sort: 'clientName',
      exportedWith: ['clientId'],
      render: ({ clientId, clientName }) => <ClientLink id={clientId} name={clientName} width={220} />,
    },
    {
      id: 'amount',
      label: 'payments.amount',
      sort: 'amount',
      align: 'right',
      exportedWith: ['currency'],
      render: ({ amount, currency }) => <Money value={{ amount, currency }} />,
    },
    {
      id: 'sourceName',
      label: 'payments.source',
      exportedWith: ['source'],
      render: ({ source, sourceName }) => (
        <Truncated text={paymentSourceText(source, sourceName)} isName={source.startsWith('webhook:')} />
      ),
    },
    { id: 'note', label: 'payments.note', optional: true, render: ({ note }) => note && <Truncated text={note} /> },
    {
      id: 'liveAfter',
      label: 'payments.liveAfter',
      optional: true,
      align: 'right',
      exportedWith: ['currency'],
      render: ({ liveAfter, currency }) => <Money value={{ amount: liveAfter, currency }} />,
    },
    {
      id: 'recordedAt',
      label: 'payments.recordedAt',
      sort: 'recordedAt',
      optional: true,
      render: ({ recordedAt }) => <Time at={recordedAt} format="short" />,
    },
    {
      id: 'resellerName',
      label: 'payments.reseller',
      optional: true,
      render: ({ resellerName }) => <Truncated text={resellerName} />,
    },
    { id: 'entryId', label: 'payments.entryId', optional: true, align: 'right', render: ({ entryId }) => entryId },
  ],
  filters: [
    { kind: 'time', label: 'payments.at', from: 'from', to: 'to', picks: ['-24h', '-7d', '-30d'] },
    { kind: 'reference', label: 'payments.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'payments.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'payments.source', parameter: 'source', ...paymentSources },
    { kind: 'reference', label: 'payments.currency', parameter: 'currency', ...currencySource },
    {
      ...{ kind: 'money', label: 'payments.amount', from: 'amountFrom', to: 'amountTo', currency: 'currency' },
      keepsCurrency: true,
    },
  ],
};

/** What all payments that match add up to, each currency alone. */
function Totals(page: ListPage<Payment> & { readonly totals?: PaymentTotals }): ReactNode {
  if (!page.totals || page.totals.length === 0) return null;
  return (
    <Group gap="lg" role="status" aria-label={t('payments.total')}>
      {page.totals.map(({ currency, amount, payments }) => (
        <Text key={currency} size="sm" component="div">
          <b>
            <Money value={{ amount, currency }} />
          </b>{' '}
          <Text span size="sm" c="dimmed">
            {t('payments.count', { n: payments })}
          </Text>
        </Text>
      ))}
    </Group>
  );
}
