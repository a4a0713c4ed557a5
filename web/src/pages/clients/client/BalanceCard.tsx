import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { isNegative, isZero, subtractAmounts } from '../../../ui/text/money-text';
import { Time } from '../../../ui/text/Time';
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
      {data && <Sum balances={data} zone={client.timezone} isPostpaid={client.balanceModel === 'postpaid'} />}
      {data && <Readings balances={data} zone={client.timezone} />}
    </Panel>
  );
}

interface PartProps {
  readonly balances: Balances;
  readonly zone: string;
}

interface SumProps extends PartProps {
  readonly isPostpaid: boolean;
}

function Sum(props: SumProps) {
  const { balances } = props;
  const { currency, available, unlimited } = balances;
  return (
    <table className={classes['sum']}>
      <tbody>
        {partsOf(props).map(({ operator, to, label, value, below }) => (
          <tr key={label}>
            <Part operator={operator} to={to} label={label}>
              {below}
            </Part>
            <td>{value}</td>
          </tr>
        ))}
        <tr className={classes['total']}>
          <th scope="row">
            <span className={classes['operator']} aria-hidden>
              =
            </span>
            {t('client.balance.available')}
          </th>
          <td>
            {unlimited ? (
              <Money value={{ unlimited: true, currency }} />
            ) : (
              <Money value={available === null ? null : { amount: available, currency }} />
            )}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

interface SumPart {
  readonly operator: '' | '+' | '\u2212';
  readonly to: string;
  readonly label: string;
  readonly value: ReactNode;
  readonly below?: ReactNode;
}

/** A prepaid client has a balance and some credit; a postpaid one has credit, of which it owes a part. */
function partsOf({ balances, zone, isPostpaid }: SumProps): readonly SumPart[] {
  const { currency, live, creditLimit, temporaryCredit, temporaryUntil, unlimited } = balances;
  const money = (amount: string | null): ReactNode => <Money value={amount === null ? null : { amount, currency }} />;
  const limit = {
    to: '?tab=credit',
    label: t('client.balance.permanent'),
    value: unlimited ? <Money value={{ unlimited: true, currency }} /> : money(creditLimit),
  };
  const temporary = {
    operator: '+' as const,
    to: '?tab=credit',
    label: t('client.balance.temporary'),
    value: money(temporaryCredit),
    below: temporaryUntil !== null && !isZero(temporaryCredit) && (
      <small>
        {rich('client.balance.until', { time: <Time at={temporaryUntil} show="both" clientZone={zone} /> })}
      </small>
    ),
  };
  const ledger = '?tab=ledger';
  if (!isPostpaid || live === null) {
    return [
      { operator: '', to: ledger, label: t('client.balance.live'), value: money(live) },
      { ...limit, operator: '+' },
      temporary,
    ];
  }
  const owes = isNegative(live) || isZero(live);
  return [
    { ...limit, operator: '' },
    temporary,
    owes
      ? { operator: '\u2212', to: ledger, label: t('client.balance.owed'), value: money(subtractAmounts('0', live)) }
      : { operator: '+', to: ledger, label: t('client.balance.paidAhead'), value: money(live) },
  ];
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
  const { fixed, currency, source, at, lastChargeAt, lastRefillAt, lastKnown } = balances;
  return (
    <>
      <Facts
        facts={[
          ...(lastKnown === null ? [] : [lastKnownFact(lastKnown, currency, zone)]),
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

function lastKnownFact(
  { live, at }: NonNullable<Balances['lastKnown']>,
  currency: string,
  zone: string,
): readonly [string, ReactNode] {
  const time = <Time at={at} show="both" clientZone={zone} />;
  const amount = <Money value={{ amount: live, currency }} />;
  return [
    t('client.balance.lastKnown'),
    <span key="known">{rich('client.balance.lastKnown.at', { amount, time })}</span>,
  ];
}
