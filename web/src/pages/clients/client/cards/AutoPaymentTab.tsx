import '../../../../i18n/late/cards';
import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { List } from '../../../../list/List';
import { refreshLists } from '../../../../list/refresh';
import { useCan } from '../../../../session/rights';
import { ToneBadge, type Tone } from '../../../../ui/badges/ToneBadge';
import { FailedState } from '../../../../ui/FailedState';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import { Facts } from '../Facts';
import { Panel } from '../Panel';
import type { Client } from '../queries';
import type { AutoPayment } from './auto-payment';
import { CardActions } from './CardActions';
import { cardPaymentsList } from './card-payments-list';

const tones: Readonly<Record<AutoPayment['state'], Tone>> = {
  off: 'gray',
  no_card: 'gray',
  idle: 'green',
  waiting: 'amber',
  charging: 'blue',
  held: 'amber',
  declined: 'red',
  unknown: 'violet',
  frozen: 'red',
};

/** The client's card, its automatic payments, and every charge of it. */
export function AutoPaymentTab({ client }: { readonly client: Client }): ReactNode {
  const can = useCan();
  const queries = useQueryClient();
  const { id } = client;
  const queryKey = keys.one('clients', id, 'auto-payment');
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/auto-payment', { params: { path: { id } }, signal })),
    // A charge takes about a second, and a review up to days.
    refetchInterval: ({ state }) =>
      state.data && ['waiting', 'charging', 'held'].includes(state.data.state) ? 3000 : false,
  });
  const changed = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey });
    await refreshLists(queries, 'cardPayments');
  };
  return (
    <Stack gap="md" mt="md">
      <Panel
        title={t('cards.title')}
        actions={data && <CardActions client={client} autoPayment={data} onChanged={changed} />}
      >
        {error && !data && <FailedState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton h={140} />}
        {data && <Standing client={client} autoPayment={data} />}
      </Panel>
      {can('listCardPayments') && (
        <Panel title={t('cards.payments')}>
          <List
            definition={cardPaymentsList}
            prefix="k."
            fixed={{ clientId: id }}
            empty={{ icon: IconCreditCard, title: t('cards.payments.none'), text: t('cards.payments.none.text') }}
          />
        </Panel>
      )}
    </Stack>
  );
}

function Standing({ client, autoPayment }: { readonly client: Client; readonly autoPayment: AutoPayment }): ReactNode {
  const { state, frozenReason, threshold, extraAmount, amountMode, nextAttemptAt, liftsClient, currency } = autoPayment;
  const money = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  const amount =
    extraAmount === null
      ? '–'
      : amountMode === 'cover'
        ? rich('cards.amount.cover', { amount: money(extraAmount) })
        : money(extraAmount);
  return (
    <>
      <Facts
        facts={[
          [
            t('cards.state'),
            <ToneBadge key="state" tone={tones[state]}>
              {t(`cards.state.${state}`)}
            </ToneBadge>,
          ],
          ...(frozenReason === null ? [] : [[t('cards.frozenBecause'), t(`cards.frozen.${frozenReason}`)] as const]),
          [t('cards.card'), cardText(autoPayment.card)],
          [t('cards.threshold'), threshold === null ? t('cards.threshold.none') : money(threshold)],
          [t('cards.amount'), amount],
          ...(nextAttemptAt === null
            ? []
            : [
                [
                  t('cards.nextAttempt'),
                  <Time key="next" at={nextAttemptAt} show="both" clientZone={client.timezone} />,
                ] as const,
              ]),
        ]}
      />
      {liftsClient === false && (
        <Text size="sm" role="status">
          {t('cards.notLifted')}
        </Text>
      )}
      <Anchor component={Link} to={`/clients/${client.id}?tab=settings`} size="sm">
        {t('cards.settings')}
      </Anchor>
    </>
  );
}

function cardText(card: AutoPayment['card']): string {
  if (card === null) return t('cards.card.none');
  const { brand, last4, expires } = card;
  return t('cards.card.text', { brand, last4, expires });
}
