import { Anchor, Drawer, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { InvoiceBadge } from '../../ui/badges/InvoiceBadge';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { InvoiceActions } from './InvoiceActions';
import { InvoiceEmails } from './InvoiceEmails';
import { dayText } from '../../ui/text/time-text';
import { dayOfInvoice, nameOf, Period } from './invoices-list';
import { invoiceQuery, type InvoiceDetail } from './queries';

interface InvoiceDrawerProps {
  readonly id: string | null;
  /** opens another invoice, or closes it */
  readonly onShow: (id: string | null) => void;
}

/** One invoice next to the list: what it contains, what has settled it, and what can be done with it. */
export function InvoiceDrawer({ id, onShow }: InvoiceDrawerProps): ReactNode {
  return (
    <Drawer
      opened={id !== null}
      onClose={() => onShow(null)}
      position="right"
      size="md"
      title={t('invoices.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {id !== null && <LoadedInvoice key={id} id={id} onShow={onShow} />}
    </Drawer>
  );
}

function LoadedInvoice({ id, onShow }: { readonly id: string; readonly onShow: InvoiceDrawerProps['onShow'] }) {
  const { data, error, refetch } = useQuery(invoiceQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="md" role="status" aria-label={t('common.loading')}>
        <Skeleton h={28} w="70%" />
        <Skeleton h={240} />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {nameOf(data)} <InvoiceBadge state={data.state} />
      </Title>
      <InvoiceActions invoice={data} onShow={onShow} />
      <Facts invoice={data} onShow={onShow} />
      <Lines invoice={data} />
      <Settlement invoice={data} />
      <InvoiceEmails invoice={data} />
    </Stack>
  );
}

interface PartProps {
  readonly invoice: InvoiceDetail;
}

function Facts({ invoice, onShow }: PartProps & Pick<InvoiceDrawerProps, 'onShow'>): ReactNode {
  const { clientId, clientName, currency, timezone, issuedAt, dueOn } = invoice;
  const other = (id: string | null): ReactNode =>
    id !== null && (
      <Anchor component="button" type="button" size="sm" onClick={() => onShow(id)}>
        {t('invoices.open')}
      </Anchor>
    );
  const money = (amount: string | null): ReactNode => amount !== null && <Money value={{ amount, currency }} />;
  return (
    <Fields
      rows={[
        [
          t('invoices.client'),
          <Anchor key="client" component={Link} to={`/clients/${clientId}?tab=invoices`} size="sm">
            {clientName}
          </Anchor>,
        ],
        [t('invoices.type'), t(`invoices.type.${invoice.type}`)],
        [t('invoices.period'), <Period key="period" invoice={invoice} />],
        [t('invoices.date'), issuedAt && dayOfInvoice(issuedAt, timezone)],
        [t('invoices.dueOn'), dueOn && dayText(dueOn)],
        [t('invoices.description'), invoice.description],
        [t('invoices.net'), money(invoice.net)],
        [taxLabel(invoice), money(invoice.tax)],
        [t('invoices.total'), money(invoice.total)],
        [t('invoices.paid'), money(invoice.paid)],
        [t('invoices.credited'), money(invoice.credited)],
        [t('invoices.outstanding'), money(invoice.outstanding)],
        [t('invoices.replaces'), other(invoice.replaces) || null],
        [t('invoices.replacedBy'), other(invoice.replacedBy) || null],
        [t('invoices.creditOf'), other(invoice.creditOf) || null],
        [t('invoices.voidReason'), invoice.voidReason],
      ]}
    />
  );
}

function taxLabel({ taxLabel: label, taxRate }: InvoiceDetail): string {
  if (label === null || taxRate === null) return t('invoices.tax');
  return t('invoices.taxOf', { label, rate: taxRate.replace(/\.?0+$/, '') });
}

function Lines({ invoice }: PartProps): ReactNode {
  const { lines, currency } = invoice;
  if (lines.length === 0) return null;
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('invoices.lines')}
      </Title>
      <Fields
        rows={lines.map(({ kind, description, entries, amount }) => [
          description ??
            (kind === 'typed' ? t('invoices.line.typed') : t(`invoices.line.${kind}`, { n: entries ?? 0 })),
          <Money key={kind} value={{ amount, currency }} />,
        ])}
      />
    </Stack>
  );
}

/** What has settled the invoice; of a credit note, what it has settled. */
function Settlement({ invoice }: PartProps): ReactNode {
  const { allocations, creditNotes, currency, status } = invoice;
  if (status !== 'issued') return null;
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('invoices.allocations')}
      </Title>
      {allocations.length === 0 && t('invoices.allocations.none')}
      <Fields
        rows={allocations.map((allocation) => [
          allocationText(allocation, invoice.type),
          <Money key={allocation.id} value={{ amount: allocation.amount, currency }} />,
        ])}
      />
      {creditNotes.length > 0 && (
        <Fields
          rows={creditNotes.map(({ id, no, total }) => [
            t('invoices.allocation.creditNote', { no }),
            <Money key={id} value={{ amount: total, currency }} />,
          ])}
        />
      )}
    </Stack>
  );
}

function allocationText(allocation: InvoiceDetail['allocations'][number], type: InvoiceDetail['type']): string {
  const { paymentId, creditNoteNo, invoiceNo, refundId } = allocation;
  if (type === 'credit_note') {
    return refundId === null
      ? t('invoices.allocation.invoice', { no: invoiceNo ?? '' })
      : t('invoices.allocation.refund', { id: refundId });
  }
  return paymentId === null
    ? t('invoices.allocation.creditNote', { no: creditNoteNo ?? '' })
    : t('invoices.allocation.payment', { id: paymentId });
}
