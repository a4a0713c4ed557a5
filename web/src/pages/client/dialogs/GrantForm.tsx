import { Alert, SegmentedControl, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { serverNow } from '../../../api/transport';
import { firstOf, instantError, required } from '../../../form/checks';
import { DateTimeInput, usualPicks } from '../../../form/inputs/DateTimeInput';
import { FormActions } from '../../../form/FormActions';
import { amountErrors, maximumText, untilError } from '../../../form/grant-checks';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { PercentInput } from '../../../form/inputs/PercentInput';
import { useApiForm } from '../../../form/use-api-form';
import { isKey, t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';
import { isNegative, isZero } from '../../../ui/text/money-text';
import { toastDone } from '../../../ui/toast';
import { grantLimitsQuery, useClientRefresh, type Client, type GrantLimits } from '../queries';
import { AfterRevert } from './AfterRevert';

interface GrantFormProps {
  readonly client: Client;
  readonly onClose: () => void;
}

/** Lends credit for a while, within what the user may lend. */
export function GrantForm({ client, onClose }: GrantFormProps) {
  const { data: limits, error, refetch } = useQuery(grantLimitsQuery(client.id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!limits) return <Skeleton h={280} />;
  if (limits.refusal) {
    const { code, detail } = limits.refusal;
    const key = `problems.${code}`;
    return (
      <Alert variant="light" color="orange" title={isKey(key) ? t(key) : detail}>
        {t('client.grant.refused')}
      </Alert>
    );
  }
  return <Fields client={client} limits={limits} onClose={onClose} />;
}

function Fields({ client, limits, onClose }: GrantFormProps & { readonly limits: GrantLimits }) {
  const { id, currency, timezone } = client;
  const refresh = useClientRefresh(id);
  const right = useRight('grantTemporaryCredit');
  const form = useApiForm({
    initialValues: { by: 'amount', amount: '', percent: '', from: '', validUntil: '', reason: '' },
    validate: (values) => ({
      ...amountErrors(values, limits),
      '#/from': instantError(values.from),
      '#/validUntil': firstOf(
        required(values.validUntil),
        instantError(values.validUntil, serverNow()),
        untilError(values, limits),
      ),
      '#/reason': required(values.reason),
    }),
    save: ({ by, amount, percent, from, validUntil, reason }) =>
      unwrap(
        api.POST('/v1/clients/{id}/temporary-credits', {
          params: { path: { id } },
          body: {
            ...(by === 'amount' ? { amount } : { percent }),
            ...(from !== '' && { from }),
            validUntil,
            reason: reason.trim(),
          },
        }),
      ),
    async onSaved() {
      onClose();
      toastDone(t('client.grant.done', { name: client.name }));
      await refresh();
    },
  });
  const hasLimit = !isNegative(limits.creditLimit) && !isZero(limits.creditLimit);
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <Alert variant="light" color="gray" p="sm" title={t('client.grant.maximum')}>
          {maximumText(limits)}
        </Alert>
        {hasLimit && (
          <SegmentedControl
            aria-label={t('client.grant.by')}
            data={[
              { value: 'amount', label: t('client.grant.byAmount') },
              { value: 'percent', label: t('client.grant.byPercent') },
            ]}
            value={form.values.by}
            onChange={(by) => form.set('#/by', by)}
          />
        )}
        {form.values.by === 'amount' ? (
          <MoneyInput
            data-autofocus
            required
            label={t('client.grant.amount')}
            currency={currency}
            {...form.field('#/amount')}
          />
        ) : (
          <PercentInput required label={t('client.grant.percent')} {...form.field('#/percent')} />
        )}
        <DateTimeInput
          required
          label={t('client.grant.until')}
          clientZone={timezone}
          picks={usualPicks()}
          {...form.field('#/validUntil')}
        />
        <DateTimeInput
          label={t('client.grant.from')}
          description={t('client.grant.from.hint')}
          clientZone={timezone}
          {...form.field('#/from')}
        />
        <TextInput
          required
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
        <AfterRevert client={client} amount={form.values.by === 'amount' ? form.values.amount : null} />
      </Stack>
      <FormActions form={form} blocked={right.reason} onCancel={onClose} save={t('client.grant.save')} />
    </form>
  );
}
