import { Grid, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { maximumText } from '../../../form/grant-checks';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { Actor } from '../../../ui/audit/Actor';
import { Countdown } from '../../../ui/text/Countdown';
import { EmptyState } from '../../../ui/EmptyState';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { creditHistory } from './credit-history';
import type { Dialog } from '../dialogs/ClientDialogs';
import { AfterRevert } from '../dialogs/AfterRevert';
import { Facts } from '../Facts';
import { Panel } from '../Panel';
import { balancesQuery, grantLimitsQuery, openGrantQuery, type Client, type Grant } from '../queries';

interface CreditTabProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The permanent limit, the credit that is lent, and how both came to be. */
export function CreditTab({ client, onDialog }: CreditTabProps) {
  return (
    <Stack gap="md">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <LimitCard client={client} onDialog={onDialog} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <GrantCard client={client} onDialog={onDialog} />
        </Grid.Col>
      </Grid>
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
    </Panel>
  );
}

function GrantCard({ client, onDialog }: CreditTabProps) {
  const { data: grant, error, isPending, refetch } = useQuery(openGrantQuery(client.id));
  const { data: limits } = useQuery(grantLimitsQuery(client.id));
  return (
    <Panel
      title={t('client.grant.title')}
      actions={
        grant && (
          <>
            <ActionButton
              operation="changeTemporaryCredit"
              size="xs"
              variant="default"
              onClick={() => onDialog({ kind: 'changeGrant', grant })}
            >
              {t('client.grant.change')}
            </ActionButton>
            <ActionButton
              operation="cancelTemporaryCredit"
              size="xs"
              variant="default"
              onClick={() => onDialog({ kind: 'cancelGrant', grant })}
            >
              {t('client.grant.cancel')}
            </ActionButton>
          </>
        )
      }
    >
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton h={100} />}
      {grant && <OpenGrant client={client} grant={grant} />}
      {grant === null && (
        <EmptyState
          title={t('client.grant.none')}
          text={t('client.grant.none.text')}
          action={
            <ActionButton
              operation="grantTemporaryCredit"
              blocked={
                goneText(client) ?? (client.balanceModel === 'unlimited' ? t('problems.client_unlimited') : null)
              }
              onClick={() => onDialog({ kind: 'grant' })}
            >
              {t('client.grant')}
            </ActionButton>
          }
        />
      )}
      {limits && client.balanceModel !== 'unlimited' && client.status !== 'deleted' && (
        <Text size="sm" c="dimmed">
          {t('client.grant.maximum')}: {maximumText(limits)}
        </Text>
      )}
    </Panel>
  );
}

function OpenGrant({ client, grant }: { readonly client: Client; readonly grant: Grant }) {
  const { timezone } = client;
  const { amount, percent, currency, status, validFrom, validUntil, reason, grantedBy, grantedByName, warnedAt } =
    grant;
  return (
    <>
      <Facts
        facts={[
          [
            t('client.grant.amount'),
            <Group key="amount" gap={6} justify="flex-end">
              <ToneBadge tone={status === 'active' ? 'violet' : 'blue'}>{t(`client.grant.status.${status}`)}</ToneBadge>
              <Money value={{ amount, currency }} />
              {percent !== null && `(${percent}%)`}
            </Group>,
          ],
          [t('client.grant.from'), <Time key="from" at={validFrom} show="both" clientZone={timezone} />],
          [t('client.grant.reverts'), <Countdown key="until" to={validUntil} clientZone={timezone} />],
          [t('common.reason'), reason],
          [t('client.grant.by.who'), <Actor key="by" actor={grantedBy} name={grantedByName} />],
          [
            t('client.grant.expiryNotified'),
            <Time key="warned" at={warnedAt} none={t('client.grant.notYet')} clientZone={timezone} />,
          ],
        ]}
      />
      <AfterRevert client={client} amount={null} />
    </>
  );
}

/** Why nothing is done with its credit any more; null: it may be. */
const goneText = ({ status }: Client): string | null => (status === 'deleted' ? t('client.headline.deleted') : null);
