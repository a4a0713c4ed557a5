import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { Money } from '../../ui/text/Money';
import { isZero } from '../../ui/text/money-text';
import { Time } from '../../ui/text/Time';
import classes from './client.module.css';
import { Facts } from './Facts';
import { Panel } from './Panel';
import { balancesQuery, type Balances, type Client } from './queries';

/** Available as the sum that it is; each part leads to where it comes from. */
export function BalanceCard({ client }: { readonly client: Client }) {
  const { data, error, refetch } = useQuery(balancesQuery(client.id));
  return (
    <Panel title={t('client.balance')}>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={220} />}
      {data && <Sum balances={data} zone={client.timezone} />}
      {data && <Readings balances={data} zone={client.timezone} />}
    </Panel>
  );
}

interface PartProps {
  readonly balances: Balances;
  readonly zone: string;
}

function Sum({ balances, zone }: PartProps) {
  const { currency, live, creditLimit, temporaryCredit, temporaryUntil, available, unlimited } = balances;
  const money = (amount: string | null): ReactNode => <Money value={amount === null ? null : { amount, currency }} />;
  return (
    <table className={classes['sum']}>
      <tbody>
        <tr>
          <Part operator="" to="?tab=ledger" label={t('client.balance.live')} />
          <td>{money(live)}</td>
        </tr>
        <tr>
          <Part operator="+" to="?tab=credit" label={t('client.balance.limit')} />
          <td>{unlimited ? <Money value={{ unlimited: true, currency }} /> : money(creditLimit)}</td>
        </tr>
        <tr>
          <Part operator="+" to="?tab=credit" label={t('client.balance.temporary')}>
            {temporaryUntil !== null && !isZero(temporaryCredit) && (
              <small>
                {rich('client.balance.until', { time: <Time at={temporaryUntil} show="both" clientZone={zone} /> })}
              </small>
            )}
          </Part>
          <td>{money(temporaryCredit)}</td>
        </tr>
        <tr className={classes['total']}>
          <th scope="row">
            <span className={classes['operator']} aria-hidden>
              =
            </span>
            {t('client.balance.available')}
          </th>
          <td>{unlimited ? <Money value={{ unlimited: true, currency }} /> : money(available)}</td>
        </tr>
      </tbody>
    </table>
  );
}

interface SumPartProps {
  readonly operator: string;
  readonly to: string;
  readonly label: string;
  readonly children?: ReactNode;
}

function Part({ operator, to, label, children }: SumPartProps) {
  return (
    <th scope="row">
      <span className={classes['operator']} aria-hidden>
        {operator}
      </span>
      <Anchor component={Link} to={to} size="sm">
        {label}
      </Anchor>
      {children}
    </th>
  );
}

function Readings({ balances, zone }: PartProps) {
  const { fixed, currency, source, at, lastChargeAt, lastRefillAt } = balances;
  return (
    <>
      <Facts
        facts={[
          [
            t('client.balance.fixed'),
            <Money key="fixed" value={fixed === null ? null : { amount: fixed, currency }} />,
          ],
          [t('client.balance.lastRefill'), <Time key="refill" at={lastRefillAt} show="relative" clientZone={zone} />],
          [t('client.balance.lastCharge'), <Time key="charge" at={lastChargeAt} show="relative" clientZone={zone} />],
        ]}
      />
      <Text size="xs" c="dimmed">
        {rich('client.balance.read', {
          time: <Time at={at} show="relative" clientZone={zone} />,
          source: t(`client.source.${source}`),
        })}
      </Text>
    </>
  );
}
