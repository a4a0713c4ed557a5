import { Anchor, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { PanelCard } from '../PanelCard';
import { PanelFacts } from '../PanelFacts';
import { PanelPage } from '../PanelPage';
import { usePanelSession } from '../session-context';

type Balance = components['schemas']['PanelBalance'];

/** The balance as a sum, and what payments and invoices make of it. */
export function OverviewPage() {
  const balance = useQuery({
    queryKey: ['panel', 'balance'],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/panel/balance', { signal })),
    refetchInterval: 60_000,
  });
  return (
    <PanelPage title={t('panel.overview')}>
      {balance.isPending && <Skeleton h={240} />}
      {balance.error && <FailedState error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.data && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <AvailableCard balance={balance.data} />
          <InvoicesCard balance={balance.data} />
        </SimpleGrid>
      )}
    </PanelPage>
  );
}

function AvailableCard({ balance }: { readonly balance: Balance }): ReactNode {
  const { currency, available, live, creditLimit, temporaryCredit, temporaryUntil, unlimited } = balance;
  const amountOf = (amount: string | null): ReactNode => (
    <Money value={amount === null ? null : { amount, currency }} />
  );
  return (
    <PanelCard title={t('panel.available')}>
      <Text size="xl" fw={650} component="p" m={0} data-available>
        {unlimited ? <Money value={{ unlimited: true, currency }} /> : amountOf(available)}
      </Text>
      <PanelFacts
        facts={[
          [t('panel.live'), amountOf(live)],
          ...(unlimited
            ? []
            : [
                [t('panel.creditLimit'), amountOf(creditLimit)] as const,
                [t('panel.temporaryCredit'), amountOf(temporaryCredit)] as const,
              ]),
          ...(temporaryUntil === null
            ? []
            : [[t('panel.temporaryUntil'), <Time key="until" at={temporaryUntil} show="both" />] as const]),
          [t('panel.at'), <Time key="at" at={balance.at} />],
        ]}
      />
    </PanelCard>
  );
}

function InvoicesCard({ balance }: { readonly balance: Balance }): ReactNode {
  const { may } = usePanelSession();
  const { currency, fixed, unallocated, outstanding, lastPaymentAt } = balance;
  const amountOf = (amount: string | null): ReactNode => (
    <Money value={amount === null ? null : { amount, currency }} />
  );
  return (
    <PanelCard title={t('panel.invoicesAndPayments')}>
      <PanelFacts
        facts={[
          [t('panel.outstanding'), amountOf(outstanding)],
          [t('panel.unallocated'), amountOf(unallocated)],
          [t('panel.fixed'), amountOf(fixed)],
          [t('panel.lastPayment'), <Time key="payment" at={lastPaymentAt} />],
        ]}
      />
      {may.payByCard ? (
        <Anchor component={Link} to="/card" size="sm" underline="always">
          {t('panel.cards')}
        </Anchor>
      ) : (
        <Text size="sm" c="dimmed">
          {t('panel.howToPay')}
        </Text>
      )}
    </PanelCard>
  );
}
