import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { readList } from '../../../api/lists';
import { resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListColumn, ListDefinition, ListFilter } from '../../../list/definition';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Time } from '../../../ui/text/Time';
import { daysText } from './agreement-values';
import type { Agreement, CustomerClass, InvoiceTemplate, Tax, Terms } from './queries';

interface RecordRow {
  readonly id: string;
  readonly name: string;
  readonly resellerName: string;
  readonly clients: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const nameColumn: ListColumn<RecordRow> = {
  ...{ id: 'name', label: 'common.name', sort: 'name', isName: true },
  render: ({ name }) => name,
};

/** @param parameter of the list of clients, which finds those that use it */
function lastColumns(parameter: string): readonly ListColumn<RecordRow>[] {
  return [
    {
      ...{ id: 'clients', label: 'terms.clients', sort: 'clients', align: 'right' },
      render: ({ id, clients }) => <ClientCount to={`/clients?${parameter}=${id}&status=active,stop`} n={clients} />,
    },
    {
      ...{ id: 'resellerName', label: 'terms.reseller', sort: 'resellerName' },
      render: ({ resellerName }) => resellerName,
    },
    {
      ...{ id: 'updatedAt', label: 'terms.updated', sort: 'updatedAt', optional: true },
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
    {
      ...{ id: 'createdAt', label: 'terms.created', sort: 'createdAt', optional: true },
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      ...{ id: 'id', label: 'terms.id', sort: 'id', align: 'right', optional: true },
      render: ({ id }) => id,
    },
  ];
}

const shared = {
  idOf: ({ id }: RecordRow): string => id,
  nameOf: ({ name }: RecordRow): string => name,
  sort: 'name',
} as const;

const ofReseller: ListFilter = {
  ...{ kind: 'reference', label: 'terms.reseller', parameter: 'resellerId' },
  ...resellerSource,
};

export const termsList: ListDefinition<Terms> = {
  ...shared,
  kind: 'paymentTerms',
  name: 'payment-terms',
  title: 'terms.tab.terms',
  load: (query, signal) => readList('/v1/payment-terms', query, signal),
  search: { parameter: 'q', placeholder: 'terms.search' },
  columns: [
    nameColumn,
    { id: 'label', label: 'terms.terms.label', render: ({ label }) => label },
    { id: 'days', label: 'terms.terms.invoices', exportedWith: ['mode', 'day'], render: invoicesText },
    {
      ...{ id: 'graceDays', label: 'terms.terms.grace', align: 'right' },
      render: ({ graceDays }) => t('terms.days', { n: graceDays }),
    },
    {
      ...{ id: 'remindBefore', label: 'terms.terms.before' },
      render: ({ remindBefore }) => (remindBefore.length === 0 ? <EmptyCell /> : remindBefore.join(', ')),
    },
    {
      ...{ id: 'remindAfter', label: 'terms.terms.after' },
      render: ({ remindAfter }) => (remindAfter.length === 0 ? <EmptyCell /> : remindAfter.join(', ')),
    },
    ...lastColumns('paymentTermsId'),
  ],
  filters: [ofReseller],
};

function invoicesText({ mode, days, day }: Terms): string {
  return mode === 'every' ? t('terms.terms.everyDays', { n: days ?? 0 }) : t('terms.terms.onDay', { day: day ?? 0 });
}

export const taxesList: ListDefinition<Tax> = {
  ...shared,
  kind: 'taxProfiles',
  name: 'tax-profiles',
  title: 'terms.tab.taxes',
  load: (query, signal) => readList('/v1/tax-profiles', query, signal),
  search: { parameter: 'q', placeholder: 'terms.search' },
  columns: [
    nameColumn,
    {
      ...{ id: 'ratePercent', label: 'terms.taxes.rate', align: 'right' },
      render: ({ ratePercent }) => `${ratePercent}%`,
    },
    { id: 'mode', label: 'terms.taxes.mode', render: ({ mode }) => t(`terms.taxes.mode.${mode}`) },
    { id: 'label', label: 'terms.taxes.label', render: ({ label }) => label },
    { id: 'sureTax', label: 'terms.taxes.sureTax', render: ({ sureTax }) => t(sureTax ? 'common.yes' : 'common.no') },
    {
      ...{ id: 'archived', label: 'terms.taxes.archived', optional: true },
      render: ({ archived }) => t(archived ? 'common.yes' : 'common.no'),
    },
    ...lastColumns('taxProfileId'),
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'terms.taxes.archived', parameter: 'archived' },
      options: () => [
        { value: 'false', label: t('common.no') },
        { value: 'true', label: t('common.yes') },
      ],
      initial: { value: 'false', cleared: '', isUsual: true, isAsked: true },
    },
    ofReseller,
  ],
};

export const templatesList: ListDefinition<InvoiceTemplate> = {
  ...shared,
  kind: 'invoiceTemplates',
  name: 'invoice-templates',
  title: 'terms.tab.templates',
  load: (query, signal) => readList('/v1/invoice-templates', query, signal),
  search: { parameter: 'q', placeholder: 'terms.search' },
  columns: [
    nameColumn,
    {
      ...{ id: 'language', label: 'terms.templates.language' },
      render: ({ language }) => t(`terms.templates.language.${language}`),
    },
    {
      ...{ id: 'columns', label: 'terms.templates.columns' },
      render: ({ columns }) => columns.map((column) => t(`terms.templates.column.${column}`)).join(', '),
    },
    { id: 'logo', label: 'terms.templates.logo', render: ({ logo }) => t(logo ? 'common.yes' : 'common.no') },
    {
      ...{ id: 'subject', label: 'terms.templates.subject', optional: true },
      render: ({ subject }) => subject ?? <EmptyCell />,
    },
    ...lastColumns('invoiceTemplateId'),
  ],
  filters: [ofReseller],
};

export const classesList: ListDefinition<CustomerClass> = {
  ...shared,
  kind: 'customerClasses',
  name: 'customer-classes',
  title: 'terms.tab.classes',
  load: (query, signal) => readList('/v1/customer-classes', query, signal),
  search: { parameter: 'q', placeholder: 'terms.search' },
  columns: [
    nameColumn,
    {
      ...{ id: 'transfersAllowed', label: 'terms.classes.transfers' },
      render: ({ transfersAllowed }) => t(transfersAllowed ? 'common.yes' : 'common.no'),
    },
    ...lastColumns('customerClassId'),
  ],
  filters: [ofReseller],
};

export const agreementsList: ListDefinition<Agreement> = {
  ...shared,
  kind: 'agreements',
  name: 'agreements',
  title: 'terms.tab.agreements',
  load: (query, signal) => readList('/v1/agreements', query, signal),
  search: { parameter: 'q', placeholder: 'terms.search' },
  columns: [
    nameColumn,
    {
      ...{ id: 'notificationDays', label: 'terms.agreements.days', exportedAs: ['mode', 'days'] },
      render: ({ notificationDays }) => daysText(notificationDays),
    },
    {
      ...{ id: 'hour', label: 'terms.agreements.hour', exportedWith: ['timezone'] },
      render: ({ hour, timezone }) => `${String(hour).padStart(2, '0')}:00 ${timezone}`,
    },
    {
      ...{ id: 'nextNotificationAt', label: 'terms.agreements.next' },
      render: ({ nextNotificationAt }) => <Time at={nextNotificationAt} format="short" />,
    },
    {
      ...{ id: 'rateTables', label: 'terms.agreements.rateTables', align: 'right' },
      render: ({ rateTables }) => rateTables,
    },
    ...lastColumns('agreementId'),
  ],
  filters: [ofReseller],
};

function ClientCount({ to, n }: { readonly to: string; readonly n: number }): ReactNode {
  if (n === 0) return n;
  return (
    <Anchor component={Link} to={to} size="sm" onClick={(event) => event.stopPropagation()}>
      {n}
    </Anchor>
  );
}
