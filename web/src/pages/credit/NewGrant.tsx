import { Skeleton, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { usualPicks } from '../../form/inputs/DateTimeInput';
import { FormActions } from '../../form/FormActions';
import { ClientPicker } from '../../form/inputs/pickers';
import { useApiForm } from '../../form/use-api-form';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { useRight } from '../../session/rights';
import { FailedState } from '../../ui/FailedState';
import { moneyError, percentError } from '../../form/checks';
import { shareOf } from '../../ui/text/money-text';
import { toastDone } from '../../ui/toast';
import { CreditImpact, Maximum, Refusal } from './CreditImpact';
import { grantErrors, freshGrant, type GrantValues } from './grant-values';
import { GrantFields } from './GrantFields';
import { knownLimits, useClientCredit } from './use-client-credit';

interface NewGrantProps {
  /** empty: to be chosen */
  readonly clientId: string;
  readonly onClose: () => void;
}

/** Lends a client credit for a while: how much at most, and what happens then, is told before. */
export function NewGrant({ clientId, onClose }: NewGrantProps) {
  const queries = useQueryClient();
  const right = useRight('grantTemporaryCredit');
  const form = useApiForm({
    initialValues: freshGrant(clientId),
    validate: (values) => grantErrors(values, knownLimits(queries, values.clientId, values.from)),
    save: grant,
    async onSaved(saved) {
      toastDone(t(saved.status === 'scheduled' ? 'credit.scheduledToast' : 'credit.grantedToast'));
      await refreshLists(queries, 'credits');
      await queries.invalidateQueries({ queryKey: ['credits'] });
      await queries.invalidateQueries({ queryKey: ['clients', saved.clientId] });
      onClose();
    },
  });
  const { values } = form;
  const grantForm = useClientCredit(values.clientId, values.from);
  const { data } = grantForm;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ClientPicker required {...form.field('#/clientId')} />
        {grantForm.error && <FailedState error={grantForm.error} onRetry={() => void grantForm.refetch()} />}
        {values.clientId !== '' && grantForm.isPending && <Skeleton h={24} />}
        {data && <Refusal refusal={data.limits.refusal} />}
        {data && !data.limits.refusal && <Maximum limits={data.limits} />}
        <GrantFields
          form={form}
          currency={data?.limits.currency ?? ''}
          clientZone={data?.client.timezone ?? null}
          picks={usualPicks()}
          hasFrom
        />
        {data && !data.limits.refusal && (
          <CreditImpact credit={data} amount={activeCreditOf(values, data.limits.creditLimit)} counted={null} />
        )}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason ?? (data?.limits.refusal ? t('credit.refusal') : null)}
        onCancel={onClose}
        save={t('credit.grant')}
      />
    </form>
  );
}

function grant({ clientId, by, amount, percent, from, validUntil, reason }: GrantValues) {
  const body = {
    ...(by === 'amount' ? { amount } : { percent }),
    ...(from !== '' && { from }),
    validUntil,
    reason: reason.trim(),
  };
  return unwrap(api.POST('/v1/clients/{id}/temporary-credits', { params: { path: { id: clientId } }, body }));
}

/** What would be lent, as far as it is typed; null: not yet, or no amount. */
export function activeCreditOf({ by, amount, percent }: GrantValues, creditLimit: string): string | null {
  if (by === 'amount') return amount !== '' && moneyError(amount, 'more_than_zero') === null ? amount : null;
  return percent !== '' && percentError(percent) === null ? shareOf(creditLimit, percent) : null;
}
