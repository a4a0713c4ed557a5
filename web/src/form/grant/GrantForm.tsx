import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { useRight } from '../../session/rights';
import { FailedState } from '../../ui/FailedState';
import { toastDone } from '../../ui/toast';
import { FormActions } from '../FormActions';
import { usualPicks } from '../inputs/DateTimeInput';
import { ClientPicker } from '../inputs/pickers';
import { useApiForm } from '../use-api-form';
import { CreditImpact, Maximum, Refusal, zeroMaximum } from './CreditImpact';
import { aboveMaximum } from './grant-checks';
import { freshGrant, grantErrors, typedAmount, type GrantValues } from './grant-values';
import { GrantFields } from './GrantFields';
import { knownLimits, useClientCredit, type GrantLimits } from './use-client-credit';

interface GrantFormProps {
  /** null: to be chosen */
  readonly clientId: string | null;
  /** renews what the page shows; the form closes before */
  readonly onSaved: (clientId: string) => Promise<void>;
  readonly onClose: () => void;
}

/**
 * Grants temporary credit; shows the maximum and the effect before. Above the maximum it asks another user to approve. The
 * same wherever credit is granted.
 */
export function GrantForm({ clientId, onSaved, onClose }: GrantFormProps) {
  const queries = useQueryClient();
  const right = useRight('grantTemporaryCredit');
  const form = useApiForm({
    initialValues: freshGrant(clientId ?? ''),
    // What is above the maximum is no fault: it is asked for.
    validate: (values) => grantErrors(values, null),
    save: (values) => {
      const limits = knownLimits(queries, values.clientId, values.from);
      return limits && aboveText(values, limits) !== null ? request(values) : grant(values);
    },
    async onSaved(saved) {
      onClose();
      toastDone(t(savedTexts[saved.status]));
      await onSaved(saved.clientId);
    },
  });
  const { values } = form;
  const credit = useClientCredit(values.clientId, values.from);
  const { data } = credit;
  const refused = data?.limits.refusal ? t('credit.refusal') : null;
  const above = data && refused === null ? aboveText(values, data.limits) : null;
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        {clientId === null ? (
          <ClientPicker required {...form.field('#/clientId')} />
        ) : (
          <Text fw={600}>{data?.client.name ?? ' '}</Text>
        )}
        {credit.error && <FailedState error={credit.error} onRetry={() => void credit.refetch()} />}
        {values.clientId !== '' && credit.isPending && <Skeleton h={24} />}
        {data && <Refusal refusal={data.limits.refusal} />}
        {data && !data.limits.refusal && <Maximum limits={data.limits} />}
        <GrantFields
          form={form}
          currency={data?.limits.currency ?? ''}
          clientZone={data?.client.timezone ?? null}
          picks={usualPicks()}
          hasFrom
          mayBePercent={data?.client.balanceModel !== 'prepaid'}
        />
        {data && refused === null && (
          <CreditImpact credit={data} amount={typedAmount(values, data.limits.creditLimit)} counted={null} />
        )}
        {above !== null && (
          <Alert variant="light" color="orange" icon={<IconUserCheck aria-hidden />} title={above}>
            {t('credit.request.why')}
          </Alert>
        )}
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason ?? refused}
        onCancel={onClose}
        save={t(above === null ? 'credit.grant' : 'credit.request.send')}
      />
    </form>
  );
}

const savedTexts = {
  scheduled: 'credit.scheduledToast',
  active: 'credit.grantedToast',
  pending: 'credit.request.sentToast',
} as const;

type SavedStatus = keyof typeof savedTexts;

/** Why the credit needs another user's approval; null: it does not, as far as it is typed. */
function aboveText(values: GrantValues, limits: GrantLimits): string | null {
  const { from, validUntil } = values;
  const amount = typedAmount(values, limits.creditLimit);
  if (zeroMaximum(limits) !== null) return t('credit.maximum.zero');
  return aboveMaximum({ amount, from, validUntil }, limits);
}

function bodyOf({ by, amount, percent, from, validUntil, reason }: GrantValues) {
  return {
    ...(by === 'amount' ? { amount } : { percent }),
    ...(from !== '' && { from }),
    validUntil,
    reason: reason.trim(),
  };
}

async function grant(values: GrantValues): Promise<{ clientId: string; status: SavedStatus }> {
  const params = { path: { id: values.clientId } };
  const { status } = await unwrap(api.POST('/v1/clients/{id}/temporary-credits', { params, body: bodyOf(values) }));
  return { clientId: values.clientId, status: status === 'scheduled' ? 'scheduled' : 'active' };
}

async function request(values: GrantValues): Promise<{ clientId: string; status: SavedStatus }> {
  const params = { path: { id: values.clientId } };
  await unwrap(api.POST('/v1/clients/{id}/credit-requests', { params, body: bodyOf(values) }));
  return { clientId: values.clientId, status: 'pending' };
}
