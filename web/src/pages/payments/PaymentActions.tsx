import { Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
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
import { compareAmounts, isZero, moneyText, subtractAmounts } from '../../ui/text/money-text';
import { toastDone } from '../../ui/toast';

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
  const { clientId, currency, unallocated } = payment;
  const refresh = useSettlementRefresh(clientId);
  const form = useApiForm({
    initialValues: {
      id: `web-${randomId().slice(0, 13)}`,
      amount: isZero(unallocated) ? '' : unallocated,
      reason: '',
    },
    validate: (values) => ({
      '#/amount': firstOf(required(values.amount), moneyError(values.amount, 'more_than_zero')),
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
    <Modal
      opened
      onClose={onClose}
      title={t('invoices.refund.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="sm">
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
        <FormActions form={form} onCancel={onClose} save={t('invoices.refund')} />
      </form>
    </Modal>
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
