import { Alert, Button, Stack, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { firstOf, instantError, maxLength, moneyError, required } from '../../../form/checks';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { FormActions } from '../../../form/FormActions';
import { CreditImpact, Maximum, Refusal } from '../../../form/grant/CreditImpact';
import { aboveMaximum } from '../../../form/grant/grant-checks';
import { useClientCredit } from '../../../form/grant/use-client-credit';
import { DateTimeInput } from '../../../form/inputs/DateTimeInput';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../form/use-api-form';
import { serverNow } from '../../../api/transport';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { compareAmounts, moneyText } from '../../../ui/text/money-text';
import { toastDone } from '../../../ui/toast';
import { useCreditRefresh } from '../use-credit-refresh';
import type { CreditRequestDetails } from '../../../api/types';

interface DecisionFormProps {
  readonly request: CreditRequestDetails;
  readonly onClose: () => void;
}

/** Approves a request, all of it or less, or refuses it; shows the approver's maximum and what the credit does. */
export function DecisionForm({ request, onClose }: DecisionFormProps) {
  const { id, clientId, clientName, currency } = request;
  const isTemporary = request.kind === 'temporary';
  const [isRefusing, setRefusing] = useState(false);
  const right = useRight('approveCreditRequest');
  const refresh = useCreditRefresh();
  const { data } = useClientCredit(isTemporary ? clientId : '', request.validFrom ?? '');
  const form = useApiForm({
    initialValues: { amount: request.amount, validUntil: request.validUntil ?? '', reason: '' },
    validate: (values) => ({
      '#/amount': firstOf(
        required(values.amount),
        moneyError(values.amount, 'more_than_zero'),
        moreThanAsked(values.amount, request),
      ),
      '#/validUntil': isTemporary
        ? firstOf(
            required(values.validUntil),
            instantError(values.validUntil, serverNow()),
            laterThanAsked(values.validUntil, request),
          )
        : null,
      '#/reason': maxLength(500, values.reason),
    }),
    save: ({ amount, validUntil, reason }) =>
      unwrap(
        api.POST('/v1/credit-requests/{id}/approve', {
          params: { path: { id } },
          body: { amount, ...(isTemporary && { validUntil }), ...(reason.trim() !== '' && { reason: reason.trim() }) },
        }),
      ),
    async onSaved(saved) {
      onClose();
      toastDone(
        t(saved.status === 'refused' ? 'credit.request.failedToast' : 'credit.request.approvedToast', {
          name: clientName,
        }),
      );
      await refresh(clientId);
    },
  });
  const { values } = form;
  const typed = moneyError(values.amount, 'more_than_zero') === null && values.amount !== '' ? values.amount : null;
  const above =
    data && isTemporary
      ? aboveMaximum({ amount: typed, from: request.validFrom ?? '', validUntil: values.validUntil }, data.limits)
      : null;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <Title order={3} size="h5">
          {t('credit.request.decision')}
        </Title>
        {data && <Refusal refusal={data.limits.refusal} />}
        {data && !data.limits.refusal && <Maximum limits={data.limits} action="approve" />}
        <MoneyInput
          label={t(isTemporary ? 'credit.amount' : 'credit.permanent')}
          description={t('credit.request.lessHint')}
          required
          currency={currency}
          {...form.field('#/amount')}
        />
        {isTemporary && (
          <DateTimeInput
            label={t('credit.until')}
            required
            clientZone={data?.client.timezone ?? null}
            {...form.field('#/validUntil')}
          />
        )}
        <Textarea label={t('common.reason')} maxLength={500} autosize minRows={2} {...form.field('#/reason')} />
        {data && !data.limits.refusal && <CreditImpact credit={data} amount={typed} counted={null} />}
        {above !== null && (
          <Alert variant="light" color="orange" title={above}>
            {t('credit.request.lessOrOther')}
          </Alert>
        )}
        <Button
          variant="default"
          color="red"
          disabled={!right.allowed}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setRefusing(true)}
        >
          {t('credit.request.refuse')}
        </Button>
      </Stack>
      <FormActions form={form} blocked={right.reason ?? above} onCancel={onClose} save={t('credit.request.approve')} />
      <ConfirmDialog
        opened={isRefusing}
        onClose={() => setRefusing(false)}
        title={t('credit.request.refuseTitle', { name: clientName })}
        effect={t('credit.request.refuseEffect')}
        confirm={t('credit.request.refuse')}
        isDangerous
        reason="required"
        onConfirm={async (reason) => {
          const params = { path: { id } };
          await unwrap(api.POST('/v1/credit-requests/{id}/refuse', { params, body: { reason } }));
          onClose();
          toastDone(t('credit.request.refusedToast', { name: clientName }));
          await refresh(clientId);
        }}
      />
    </form>
  );
}

function moreThanAsked(amount: string, { amount: asked, currency }: CreditRequestDetails): string | null {
  if (amount === '' || moneyError(amount) !== null || compareAmounts(amount, asked) <= 0) return null;
  return t('credit.request.moreThanAsked', { amount: moneyText(asked, currency, intlLocale()) });
}

function laterThanAsked(until: string, { validUntil }: CreditRequestDetails): string | null {
  return validUntil !== null && Date.parse(until) > Date.parse(validUntil) ? t('credit.request.laterThanAsked') : null;
}
