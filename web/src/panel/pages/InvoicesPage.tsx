import { Anchor } from '@mantine/core';
import { IconFileInvoice } from '@tabler/icons-react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { InvoiceBadge } from '../../ui/badges/InvoiceBadge';
import { Money } from '../../ui/text/Money';
import { dayText, timeText } from '../../ui/text/time-text';
import { PanelList } from '../PanelList';
import { PanelPage } from '../PanelPage';

type Invoice = components['schemas']['PanelInvoice'];

export function InvoicesPage() {
  return (
    <PanelPage title={t('panel.invoices')}>
      <PanelList<Invoice>
        name="invoices"
        label={t('panel.invoices')}
        read={(cursor) => unwrap(api.GET('/v1/panel/invoices', { params: { query: { ...(cursor && { cursor }) } } }))}
        columns={[
          {
            header: t('panel.number'),
            cell: ({ id, no }) => (
              <Anchor component={Link} to={`/invoices/${id}`} size="sm" underline="always">
                {no}
              </Anchor>
            ),
          },
          { header: t('panel.kind'), cell: ({ type }) => t(`panel.invoice.${type}`) },
          {
            header: t('panel.issued'),
            cell: ({ issuedAt, timezone }) => timeText(Date.parse(issuedAt), timezone, intlLocale(), 'date'),
          },
          {
            header: t('panel.due'),
            cell: ({ dueOn }) => (dueOn === null ? '' : dayText(dueOn)),
          },
          { header: t('common.status'), cell: ({ state }) => <InvoiceBadge state={state} /> },
          {
            header: t('panel.total'),
            isNumber: true,
            cell: ({ total: amount, currency }) => <Money value={{ amount, currency }} />,
          },
          {
            header: t('panel.outstanding'),
            isNumber: true,
            cell: ({ outstanding: amount, currency }) => <Money value={{ amount, currency }} />,
          },
        ]}
        empty={{ icon: IconFileInvoice, title: t('panel.noInvoices'), text: t('panel.noInvoicesText') }}
      />
    </PanelPage>
  );
}
