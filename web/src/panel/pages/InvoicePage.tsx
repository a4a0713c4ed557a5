import { Anchor, Button, Group, Skeleton, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { InvoiceBadge } from '../../ui/badges/InvoiceBadge';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { timeText } from '../../ui/text/time-text';
import { PanelFacts } from '../PanelFacts';
import { PanelPage } from '../PanelPage';

type Invoice = components['schemas']['PanelInvoiceDetail'];

/** One invoice with its lines. */
export function InvoicePage() {
  const { id = '' } = useParams();
  const invoice = useQuery({
    queryKey: ['panel', 'invoice', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/invoices/{id}', { params: { path: { id } }, signal })),
  });
  const { data } = invoice;
  return (
    <PanelPage title={data ? `${t(`panel.invoice.${data.type}`)} ${data.no}` : t('panel.invoices')}>
      {invoice.isPending && <Skeleton h={240} />}
      {invoice.error && <FailedState error={invoice.error} onRetry={() => void invoice.refetch()} />}
      {data && <InvoiceDetails invoice={data} />}
      <Anchor component={Link} to="/invoices" size="sm" underline="always">
        {t('panel.allInvoices')}
      </Anchor>
    </PanelPage>
  );
}

function InvoiceDetails({ invoice }: { readonly invoice: Invoice }): ReactNode {
  const { currency, timezone } = invoice;
  const amountOf = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  const dayOf = (instant: number, zone = timezone): string => timeText(instant, zone, intlLocale(), 'date');
  return (
    <>
      <Group>
        <InvoiceBadge state={invoice.state} />
        <Button
          component="a"
          href={`/v1/panel/invoices/${invoice.id}/pdf`}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('panel.pdf')}
        </Button>
      </Group>
      <PanelFacts
        facts={[
          [t('panel.issued'), dayOf(Date.parse(invoice.issuedAt))],
          ...(invoice.dueOn === null ? [] : [[t('panel.due'), dayOf(Date.parse(invoice.dueOn), 'UTC')] as const]),
          [
            t('panel.period'),
            `${dayOf(Date.parse(invoice.periodStart))} – ${dayOf(Date.parse(invoice.periodEnd) - 1)}`,
          ],
          ...(invoice.description === null ? [] : [[t('panel.description'), invoice.description] as const]),
        ]}
      />
      <Table.ScrollContainer minWidth={320}>
        <Table aria-label={t('panel.lines')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('panel.description')}</Table.Th>
              <Table.Th ta="right">{t('panel.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invoice.lines.map((line, index) => (
              <Table.Tr key={index}>
                <Table.Td>{line.description ?? t(`panel.line.${line.kind}`)}</Table.Td>
                <Table.Td ta="right">{amountOf(line.amount)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <PanelFacts
        facts={[
          [t('panel.net'), amountOf(invoice.net)],
          [invoice.taxLabel === null ? t('panel.tax') : invoice.taxLabel, amountOf(invoice.tax)],
          [t('panel.total'), amountOf(invoice.total)],
          [t('panel.paid'), amountOf(invoice.paid)],
          [t('panel.credited'), amountOf(invoice.credited)],
          [t('panel.outstanding'), amountOf(invoice.outstanding)],
        ]}
      />
    </>
  );
}
