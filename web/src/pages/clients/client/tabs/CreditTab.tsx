import { Grid, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { afterRevert } from '../../../../form/grant/after-revert';
import { AfterRevertText, Maximum, Refusal } from '../../../../form/grant/CreditImpact';
import { useClientCredit } from '../../../../form/grant/use-client-credit';
import { t } from '../../../../i18n/t';
import { List } from '../../../../list/List';
import { ActionButton } from '../../../../session/ActionButton';
import { Actor } from '../../../../ui/audit/Actor';
import { Countdown } from '../../../../ui/text/Countdown';
import { EmptyState } from '../../../../ui/EmptyState';
import { FailedState } from '../../../../ui/FailedState';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import { ToneBadge } from '../../../../ui/badges/ToneBadge';
import { creditHistory } from './credit-history';
import { CreditTerms } from './CreditTerms';
import type { Dialog } from '../dialogs/ClientDialogs';
import { Facts } from '../Facts';
import { LimitMaximum } from '../LimitMaximum';
import { Panel } from '../Panel';
import { OpenRequests } from './OpenRequests';
import { balancesQuery, grantLimitsQuery, openGrantQuery, type Client, type Grant } from '../queries';
import { reasonText } from '../../../../ui/text/reason-text';

interface CreditTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The permanent credit limit, the temporary credit, and the history of both. */
export function CreditTab({ client, onDialog }: CreditTabProps) {
  return (
    <Stack gap="md">
      <OpenRequests clientId={client.id} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <LimitCard client={client} onDialog={onDialog} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <GrantCard client={client} onDialog={onDialog} />
        </Grid.Col>
      </Grid>
      <CreditTerms client={client} />
      <Panel title={t('client.history')}>
        <List
          definition={creditHistory}
          prefix="h."
          fixed={{ clientId: client.id }}
          empty={{ title: t('client.history.none') }}
        />
      </Panel>
    </Stack>
  );
}

function LimitCard({ client, onDialog }: CreditTabProps) {
  const { data, error, refetch } = useQuery(balancesQuery(client.id));
  const { currency } = client;
  const isUnlimited = client.balanceModel === 'unlimited';
  return (
    <Panel
      title={t('client.limit')}
      actions={
        <ActionButton
          operation="setCreditLimit"
          size="xs"
          variant="default"
          blocked={goneText(client) ?? (isUnlimited ? t('client.limit.unlimited') : null)}
          onClick={() => onDialog({ kind: 'limit' })}
        >
          {t('client.limit.set')}
        </ActionButton>
      }
    >
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={100} />}
      {data && (
        <Facts
          facts={[
            [
              t('client.balance.limit'),
              <Money
                key="limit"
                value={isUnlimited ? { unlimited: true, currency } : { amount: data.creditLimit, currency }}
              />,
            ],
            [t('client.balance.temporary'), <Money key="now" value={{ amount: data.temporaryCredit, currency }} />],
            [
              t('client.balance.available'),
              <Money
                key="available"
                value={
                  isUnlimited
                    ? { unlimited: true, currency }
                    : data.available === null
                      ? null
                      : { amount: data.available, currency }
                }
              />,
            ],
          ]}
        />
      )}
      {!isUnlimited && client.status !== 'deleted' && <LimitMaximum client={client} />}
    </Panel>
  );
}

function GrantCard({ client, onDialog }: CreditTabProps) {
  const { data: grant, error, isPending, refetch } = useQuery(openGrantQuery(client.id));
  const { data: limits } = useQuery(grantLimitsQuery(client.id));
  return (
    <Panel
      title={t('credit.one')}
      actions={
        grant && (
          <>
            <ActionButton
              operation="changeTemporaryCredit"
              size="xs"
              variant="default"
              onClick={() => onDialog({ kind: 'changeGrant', grant })}
            >
              {t('credit.edit')}
            </ActionButton>
            <ActionButton
              operation="cancelTemporaryCredit"
              size="xs"
              variant="default"
              onClick={() => onDialog({ kind: 'cancelGrant', grant })}
            >
              {t('credit.removeNow')}
            </ActionButton>
          </>
        )
      }
    >
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton h={100} />}
      {grant && <OpenGrant client={client} grant={grant} />}
      {grant === null && limits?.refusal && <Refusal refusal={limits.refusal} />}
      {grant === null && !limits?.refusal && (
        <EmptyState
          title={t('credit.none')}
          text={t('credit.none.text')}
          action={
            <ActionButton
              operation="grantTemporaryCredit"
              variant="default"
              blocked={
                goneText(client) ?? (client.balanceModel === 'unlimited' ? t('problems.client_unlimited') : null)
              }
              onClick={() => onDialog({ kind: 'grant' })}
            >
              {t('credit.new')}
            </ActionButton>
          }
        />
      )}
      {limits && !limits.refusal && <Maximum limits={limits} />}
    </Panel>
  );
}

function OpenGrant({ client, grant }: { readonly client: Client; readonly grant: Grant }) {
  const { timezone } = client;
  const { amount, percent, currency, status, validFrom, validUntil, reason, grantedBy, grantedByName, warnedAt } =
    grant;
  const { data: credit } = useClientCredit(client.id, '');
  const isCounted = status === 'active';
  const after = credit && afterRevert(credit.client.balance.available, credit.rules, { amount, isCounted });
  return (
    <Facts
      facts={[
        [
          t('credit.amount'),
          <Group key="amount" gap={6} justify="flex-end">
            <ToneBadge tone={status === 'active' ? 'violet' : 'blue'}>{t(`credit.status.${status}`)}</ToneBadge>
            <Money value={{ amount, currency }} />
            {percent !== null && `(${percent}%)`}
          </Group>,
        ],
        [t('credit.from'), <Time key="from" at={validFrom} show="both" clientZone={timezone} />],
        [t('credit.until'), <Time key="until" at={validUntil} show="both" clientZone={timezone} />],
        [t('credit.revertsIn'), <Countdown key="reverts" to={validUntil} clientZone={timezone} />],
        ...(after ? [[t('credit.afterRevert'), <AfterRevertText key="after" after={after} />] as const] : []),
        [t('common.reason'), reasonText(reason)],
        [t('credit.by'), <Actor key="by" actor={grantedBy} name={grantedByName} />],
        [
          t('credit.expiryNotifiedAt'),
          <Time key="warned" at={warnedAt} none={t('credit.expiryNotNotified')} clientZone={timezone} />,
        ],
      ]}
    />
  );
}

/** Why nothing is done with its credit any more; null: it may be. */
const goneText = ({ status }: Client): string | null => (status === 'deleted' ? t('client.headline.deleted') : null);
