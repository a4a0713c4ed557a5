import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { actorText } from '../../ui/audit/Actor';
import { useNow } from '../../ui/text/clock';
import { Countdown } from '../../ui/text/Countdown';
import { Money } from '../../ui/text/Money';
import { compareAmounts, subtractAmounts } from '../../ui/text/money-text';
import { Time } from '../../ui/text/Time';
import classes from './client.module.css';
import { balancesQuery, explainQuery, type Balances, type Client, type Explanation } from './queries';
import { rulePhrase, ruleName } from '../../ui/text/rule-label';

/** "32.00 USD available, 18.00 USD below the 50.00 USD client notification threshold · 2 of 3 notifications sent · next check in 05:12:33" */
export function Headline({ client }: { readonly client: Client }) {
  const { data: explanation } = useQuery(explainQuery(client.id));
  const { data: balances } = useQuery(balancesQuery(client.id));
  if (!explanation || !balances) return <Skeleton h={22} maw={640} />;
  const parts = [
    <Standing key="standing" client={client} explanation={explanation} balances={balances} />,
    client.status === 'active' && explanation.headline?.low === true && (
      <Notifications key="notifications" headline={explanation.headline} />
    ),
    client.status === 'active' && explanation.headline?.waitsUntil && (
      <Waiting key="waiting" rule={explanation.headline.rule} until={explanation.headline.waitsUntil} />
    ),
    explanation.pausedBy !== null &&
      t('client.headline.paused', { by: actorText(explanation.pausedBy, explanation.pausedByName) }),
    client.status === 'active' && explanation.nextCheckAt !== null && (
      <NextCheck key="next" at={explanation.nextCheckAt} zone={client.timezone} />
    ),
  ].filter(Boolean);
  return (
    <Text className={classes['headline']} component="p" m={0}>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </Text>
  );
}

function NextCheck({ at, zone }: { readonly at: string; readonly zone: string }): ReactNode {
  const isDue = Date.parse(at) <= useNow(1000);
  const time = <Countdown to={at} clientZone={zone} />;
  return rich(isDue ? 'client.headline.nextDue' : 'client.headline.next', { time });
}

interface StandingProps {
  readonly client: Client;
  readonly explanation: Explanation;
  readonly balances: Balances;
}

function Standing({ client, explanation, balances }: StandingProps): ReactNode {
  const { headline, balanceFault, silences } = explanation;
  const { currency } = balances;
  if (client.status === 'deleted') return t('client.headline.deleted');
  if (client.status === 'stop') return t('client.headline.stopped');
  if (balances.unlimited) return t('client.headline.unlimited');
  if (balances.available === null || balanceFault) {
    return balanceFault
      ? rich('client.headline.unknownSince', { time: <Time at={balanceFault.since} show="both" /> })
      : t('client.headline.unknown');
  }
  const available = <Money value={{ amount: balances.available, currency }} />;
  if (!headline) {
    const hasRules = explanation.rules.some((rule) => rule.threshold !== null);
    return rich(hasRules ? 'client.headline.notCompared' : 'client.headline.noRule', { available });
  }
  const everything = silences.find(({ rule }) => rule === null);
  return (
    <>
      <Comparison headline={headline} balances={balances} available={balances.available} />
      {everything && (
        <> · {rich('client.headline.silenced', { time: <Time at={everything.until} format="short" /> })}</>
      )}
    </>
  );
}

interface ComparisonProps {
  readonly headline: NonNullable<Explanation['headline']>;
  readonly balances: Balances;
  readonly available: string;
}

/** With the balance of now, which may be newer than the one that the monitor observed. */
function Comparison({ headline, balances, available }: ComparisonProps): ReactNode {
  const { currency, live } = balances;
  const { threshold, source, debt, since } = headline;
  const order = compareAmounts(available, threshold);
  const isLow = source === 'warning' ? order <= 0 : order < 0;
  const money = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  const rule = rulePhrase(headline.rule);
  if (debt && isLow && live !== null) {
    const debtText = subtractAmounts('0', live);
    const gap = money(subtractAmounts(debtText, debt.threshold));
    return rich('client.headline.debt', { debt: money(debtText), gap, threshold: money(debt.threshold), rule });
  }
  const gap = money(isLow ? subtractAmounts(threshold, available) : subtractAmounts(available, threshold));
  const facts = { available: money(available), gap, threshold: money(threshold), rule };
  if (!isLow) return rich('client.headline.above', facts);
  return since === null
    ? rich('client.headline.below', facts)
    : rich('client.headline.belowSince', { ...facts, since: <Time at={since} format="short" /> });
}

function Waiting({ rule, until }: { readonly rule: string; readonly until: string }): ReactNode {
  return rich('client.headline.waiting', { rule: ruleName(rule), time: <Time at={until} format="short" /> });
}

function Notifications({ headline }: { readonly headline: NonNullable<Explanation['headline']> }): ReactNode {
  const { sent, max } = headline;
  return max === null ? t('client.headline.sent', { n: sent }) : t('client.headline.sentOf', { n: max, sent });
}
