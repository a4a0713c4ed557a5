import { Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { serverNow } from '../../../api/transport';
import { firstOf, instantError, moneyError, required } from '../../../form/checks';
import { ReasonDialog } from '../../../form/dialogs/ConfirmDialog';
import { DateTimeInput, usualPicks } from '../../../form/inputs/DateTimeInput';
import { FormActions } from '../../../form/FormActions';
import { amountErrors, untilError } from '../../../form/grant-checks';
import { MoneyInput } from '../../../form/inputs/MoneyInput';
import { useApiForm } from '../../../form/use-api-form';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { useRight } from '../../../session/rights';
import { Money } from '../../../ui/text/Money';
import { compareAmounts, subtractAmounts } from '../../../ui/text/money-text';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import {
  balancesQuery,
  grantLimitsQuery,
  timelineQuery,
  useClientRefresh,
  type Client,
  type Grant,
  type GrantLimits,
} from '../queries';
import { AfterRevert, lowText, lowAfterRevert } from './AfterRevert';

interface GrantProps {
  readonly client: Client;
  readonly grant: Grant;
  readonly onClose: () => void;
}

export function ChangeGrantForm(props: GrantProps) {
  const { data: limits, isPending } = useQuery(grantLimitsQuery(props.client.id));
  // Without the limits the server alone checks them.
  return isPending ? <Skeleton h={240} /> : <Fields {...props} limits={limits ?? null} />;
}

function Fields({ client, grant, limits, onClose }: GrantProps & { readonly limits: GrantLimits | null }) {
  const refresh = useClientRefresh(client.id);
  const right = useRight('changeTemporaryCredit');
  const form = useApiForm({
    initialValues: valuesOf(grant),
    etag: `"${grant.version}"`,
    toValues: (resource) => valuesOf(resource as Grant),
    validate: (values) => ({
      ...amountErrors({ by: 'amount', amount: values.amount, percent: '' }, limits),
      '#/validUntil': firstOf(
        required(values.validUntil),
        instantError(values.validUntil, serverNow()),
        untilError({ from: grant.validFrom, validUntil: values.validUntil }, limits),
      ),
      '#/reason': required(values.reason),
    }),
    save: ({ amount, validUntil, reason }, etag) =>
      unwrap(
        api.PATCH('/v1/temporary-credits/{id}', {
          params: { path: { id: grant.id }, header: { 'If-Match': etag ?? '' } },
          body: {
            // A share stays a share unless its amount was changed.
            ...(isChanged(amount, grant.amount) && { amount }),
            validUntil,
            reason: reason.trim(),
          },
        }),
      ),
    async onSaved() {
      onClose();
      toastDone(t('client.grant.changed'));
      await refresh();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="sm">
        <MoneyInput
          data-autofocus
          required
          label={t('client.grant.amount')}
          currency={grant.currency}
          {...form.field('#/amount')}
        />
        <DateTimeInput
          required
          label={t('client.grant.until')}
          clientZone={client.timezone}
          picks={usualPicks()}
          {...form.field('#/validUntil')}
        />
        <TextInput
          required
          label={t('common.reason')}
          placeholder={t('form.reason.placeholder')}
          maxLength={500}
          {...form.field('#/reason')}
        />
        <AfterRevert client={client} amount={form.values.amount} />
      </Stack>
      <FormActions
        form={form}
        blocked={right.reason}
        onCancel={onClose}
        nameOf={fieldName}
        show={(path, value) =>
          path === '#/validUntil' && typeof value === 'string' ? (
            <Time at={value} clientZone={client.timezone} />
          ) : undefined
        }
      />
    </form>
  );
}

function fieldName(path: string): string {
  if (path === '#/amount') return t('client.grant.amount');
  return path === '#/validUntil' ? t('client.grant.until') : t('common.reason');
}

const isChanged = (typed: string, amount: string): boolean =>
  moneyError(typed) !== null || compareAmounts(typed, amount) !== 0;

const valuesOf = ({ amount, validUntil }: Grant): { amount: string; validUntil: string; reason: string } => ({
  amount,
  validUntil,
  reason: '',
});

/** Takes the credit back now, and says first where that leaves the client. */
export function CancelGrantDialog({ client, grant, onClose }: GrantProps) {
  const refresh = useClientRefresh(client.id);
  const { data: balances } = useQuery(balancesQuery(client.id));
  const { data: timeline } = useQuery(timelineQuery(client.id, 30));
  const isActive = grant.status === 'active';
  const passed = balances && timeline ? lowAfterRevert(timeline, balances, client) : [];
  const { currency } = grant;
  const effect =
    isActive && balances?.available ? (
      <>
        {rich('client.grant.cancel.effect', {
          name: client.name,
          before: <Money value={{ amount: balances.available, currency }} />,
          after: <Money value={{ amount: subtractAmounts(balances.available, balances.temporaryCredit), currency }} />,
        })}{' '}
        {lowText(passed)}
      </>
    ) : (
      t('client.grant.cancel.scheduled', { name: client.name })
    );
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('client.grant.cancel.title')}
      effect={effect}
      confirm={t('client.grant.cancel')}
      isDangerous
      onConfirm={async (reason) => {
        await unwrap(
          api.POST('/v1/temporary-credits/{id}/cancel', { params: { path: { id: grant.id } }, body: { reason } }),
        );
        toastDone(t('client.grant.cancelled'));
        await refresh();
      }}
    />
  );
}
