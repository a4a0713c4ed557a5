import { Group, Modal, Radio, Skeleton, Stack, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { randomId } from '../../api/random-id';
import type { components } from '../../api/schema';
import { firstOf, maxLength, moneyError, required } from '../../form/checks';
import { ConfirmDialog } from '../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../form/FormActions';
import { MoneyInput } from '../../form/inputs/MoneyInput';
import { useApiForm } from '../../form/use-api-form';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useSettlementRefresh } from '../../list/invoices/queries';
import { ActionButton } from '../../session/ActionButton';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Money } from '../../ui/text/Money';
import { compareAmounts, isZero, moneyText, subtractAmounts } from '../../ui/text/money-text';
import { toastDone } from '../../ui/toast';

/** Under the client's key, so that what changes its balance renews it. */
const balancesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'balances'),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/balances', { params: { path: { id } }, signal })),
  });

type Payment = components['schemas']['PaymentDetail'];

const reasons = ['chargeback', 'bounced', 'staff'] as const;
type Reason = (typeof reasons)[number];

/** Takes a payment back, or pays what is left of it out. */
export function PaymentActions({ payment }: { readonly payment: Payment }): ReactNode {
  const [asked, ask] = useState<'refund' | 'reverse' | null>(null);
  const close = (): void => ask(null);
  const left = subtractAmounts(payment.amount, payment.reversed);
  return (
    <Group gap="xs">
      <ActionButton isInRow operation="createRefund" size="xs" variant="default" onClick={() => ask('refund')}>
        {t('invoices.refund')}
      </ActionButton>
      {!isZero(left) && (
        <ActionButton isInRow operation="createReversal" size="xs" variant="default" onClick={() => ask('reverse')}>
          {t('invoices.reverse')}
        </ActionButton>
      )}
      {asked === 'refund' && <RefundDialog payment={payment} onClose={close} />}
      {asked === 'reverse' && <ReverseDialog payment={payment} left={left} onClose={close} />}
    </Group>
  );
}

interface DialogProps {
  readonly payment: Payment;
  readonly onClose: () => void;
}

function RefundDialog({ payment, onClose }: DialogProps): ReactNode {
  const { data, error, refetch } = useQuery(balancesQuery(payment.clientId));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invoices.refund.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {error && !data && <FailedState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton h={200} />}
      {data && <RefundForm payment={payment} refundable={data.refundable} onClose={onClose} />}
    </Modal>
  );
}

function RefundForm({ payment, refundable, onClose }: DialogProps & { readonly refundable: string }): ReactNode {
  const { clientId, currency, unallocated } = payment;
  const refresh = useSettlementRefresh(clientId);
  // What is left of this payment, unless transfers took a part of it to another client.
  const left = compareAmounts(unallocated, refundable) <= 0 ? unallocated : refundable;
  const refundableText = moneyText(refundable, currency, intlLocale());
  const isNothing = isZero(refundable);
  const form = useApiForm({
    initialValues: {
      id: `web-${randomId().slice(0, 13)}`,
      amount: isZero(left) ? '' : left,
      reason: '',
    },
    validate: (values) => ({
      '#/amount': firstOf(
        required(values.amount),
        moneyError(values.amount, 'more_than_zero'),
        moneyError(values.amount) === null && compareAmounts(values.amount, refundable) > 0
          ? t('invoices.refund.tooMuch', { amount: refundableText })
          : null,
      ),
      '#/reason': firstOf(required(values.reason), maxLength(500, values.reason)),
    }),
    save: (values) =>
      unwrap(
        api.POST('/v1/clients/{id}/refunds', {
          params: { path: { id: clientId } },
          body: { ...values, reason: values.reason.trim(), currency, paymentId: payment.id },
        }),
      ),
    async onSaved() {
      onClose();
      toastDone(t('invoices.refund.done'));
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <Fields rows={[[t('invoices.refund.refundable'), <Money value={{ amount: refundable, currency }} />]]} />
        <MoneyInput
          data-autofocus
          required
          label={t('invoices.amount')}
          description={t('invoices.refund.hint')}
          currency={currency}
          {...form.field('#/amount')}
        />
        <TextInput required label={t('common.reason')} maxLength={500} {...form.field('#/reason')} />
      </Stack>
      <FormActions
        form={form}
        blocked={isNothing ? t('invoices.refund.nothing') : null}
        onCancel={onClose}
        save={t('invoices.refund')}
      />
    </form>
  );
}

function ReverseDialog({ payment, left, onClose }: DialogProps & { readonly left: string }): ReactNode {
  const { id, clientId, currency } = payment;
  const refresh = useSettlementRefresh(clientId);
  const [reason, setReason] = useState<Reason>('chargeback');
  const [amount, setAmount] = useState(left);
  const error = amountError(amount, left, currency);
  // One id for as long as the dialog is open: what is sent twice is one reversal.
  const [reversalId] = useState(() => `web-${randomId().slice(0, 13)}`);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('invoices.reverse.title')}
      effect={t('invoices.reverse.effect')}
      confirm={t('invoices.reverse')}
      isDangerous
      reason="optional"
      isFilled={error === null}
      onConfirm={async (note) => {
        await unwrap(
          api.POST('/v1/payments/{id}/reversals', {
            params: { path: { id }, query: { clientId } },
            body: { id: reversalId, amount, reason, ...(note !== '' && { note }) },
          }),
        );
        toastDone(t('invoices.reverse.done'));
        await refresh();
      }}
    >
      <MoneyInput
        required
        label={t('invoices.amount')}
        description={t('invoices.reverse.amountHint', { amount: moneyText(left, currency, intlLocale()) })}
        currency={currency}
        value={amount}
        onChange={setAmount}
        error={error}
      />
      <Radio.Group label={t('invoices.reverse.reason')} value={reason} onChange={(value) => setReason(value as Reason)}>
        <Stack gap={4} mt={4}>
          {reasons.map((value) => (
            <Radio key={value} value={value} label={t(`invoices.reverse.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}

/** A part of the payment, up to what is left of it. */
function amountError(amount: string, left: string, currency: string): string | null {
  const error = firstOf(required(amount), moneyError(amount, 'more_than_zero'));
  if (error !== null || compareAmounts(amount, left) <= 0) return error;
  return t('invoices.reverse.tooMuch', { amount: moneyText(left, currency, intlLocale()) });
}
