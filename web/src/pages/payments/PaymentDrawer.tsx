import { Anchor, Drawer, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { CopyText } from '../../ui/CopyText';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { PaymentSource } from '../../ui/PaymentSource';
import { Money } from '../../ui/text/Money';
import { isZero, moneyText } from '../../ui/text/money-text';
import { ruleName } from '../../ui/text/rule-label';
import { Time } from '../../ui/text/Time';
import { timeText } from '../../ui/text/time-text';
import { PaymentActions } from './PaymentActions';
import { paymentQuery, type PaymentAddress } from './queries';

type Payment = components['schemas']['PaymentDetail'];

interface PaymentDrawerProps {
  readonly address: PaymentAddress | null;
  readonly onClose: () => void;
}

/** One payment next to the list: whose it is, who recorded it, and what it did. */
export function PaymentDrawer({ address, onClose }: PaymentDrawerProps): ReactNode {
  return (
    <Drawer
      opened={address !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('payments.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {address && <LoadedPayment key={`${address.clientId}/${address.id}`} address={address} />}
    </Drawer>
  );
}

function LoadedPayment({ address }: { readonly address: PaymentAddress }): ReactNode {
  const { data, error, refetch } = useQuery(paymentQuery(address));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="md" role="status" aria-label={t('common.loading')}>
        <Skeleton h={28} w="70%" />
        <Skeleton h={240} />
      </Stack>
    );
  }
  return <ShownPayment payment={data} />;
}

function ShownPayment({ payment }: { readonly payment: Payment }): ReactNode {
  const { id, entryId, clientId, clientName, resellerName, amount, currency, at, recordedAt, balance, resets } =
    payment;
  const zone = useZone(null);
  const date = timeText(Date.parse(at), zone, intlLocale(), 'date');
  return (
    <Stack gap="md">
      <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
        {t('payments.one', { amount: moneyText(amount, currency, intlLocale()), date })}
      </Title>
      <PaymentActions payment={payment} />
      <Fields
        rows={[
          [
            t('payments.client'),
            <Anchor key="client" component={Link} to={`/clients/${clientId}`} size="sm">
              {clientName}
            </Anchor>,
          ],
          [t('payments.reseller'), resellerName],
          [t('payments.id'), <CopyText key="id" value={id} label={t('payments.id')} />],
          [t('payments.at'), <Time key="at" at={at} format="second" />],
          [t('payments.recordedAt'), <Time key="recordedAt" at={recordedAt} format="second" />],
          [t('payments.source'), <PaymentSource key="source" source={payment.source} name={payment.sourceName} />],
          [t('payments.note'), payment.note],
          [t('payments.liveAfter'), <Money key="live" value={{ amount: balance.live, currency }} />],
          [
            t('payments.availableAfter'),
            <Money
              key="available"
              value={
                balance.available === null ? { unlimited: true, currency } : { amount: balance.available, currency }
              }
            />,
          ],
          [t('invoices.unallocated'), <Money key="unallocated" value={{ amount: payment.unallocated, currency }} />],
          ...payment.allocations.map(
            (allocation) =>
              [
                allocation.refundId === null
                  ? t('invoices.allocation.invoice', { no: allocation.invoiceNo ?? '' })
                  : t('invoices.allocation.refund', { id: allocation.refundId }),
                <Money key={allocation.id} value={{ amount: allocation.amount, currency }} />,
              ] as const,
          ),
          [
            t('invoices.reversed'),
            isZero(payment.reversed) ? null : <Money key="reversed" value={{ amount: payment.reversed, currency }} />,
          ],
          [t('payments.resets'), <Resets key="resets" resets={resets} />],
          [t('payments.entryId'), entryId],
        ]}
      />
      <Anchor component={Link} to={`/clients/${clientId}?tab=ledger`} size="sm" w="fit-content">
        {t('payments.ledger')}
      </Anchor>
    </Stack>
  );
}

function Resets({ resets }: { readonly resets: Payment['resets'] }): ReactNode {
  if (resets.length === 0) return t('payments.resets.none');
  return (
    <Stack gap={2}>
      {resets.map(({ rule, count }) => (
        <span key={rule}>{t('payments.resets.one', { rule: ruleName(rule), n: count })}</span>
      ))}
    </Stack>
  );
}
