import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { actorText } from '../../ui/Actor';
import { useNow } from '../../ui/clock';
import { Countdown } from '../../ui/Countdown';
import { Money } from '../../ui/Money';
import { compareAmounts, subtractAmounts } from '../../ui/money-text';
import { Time } from '../../ui/Time';
import classes from './client.module.css';
import { balancesQuery, explainQuery, type Balances, type Client, type Explanation } from './queries';
import { ruleInSentence } from './rule-name';

/** "Available 32.00 USD is 18.00 USD under the 50.00 USD client threshold since Tue 09:14; 2 of 3 notices sent; next check in 05:12:33." */
export function Headline({ client }: { readonly client: Client }) {
  const { data: explanation } = useQuery(explainQuery(client.id));
  const { data: balances } = useQuery(balancesQuery(client.id));
  if (!explanation || !balances) return <Skeleton h={22} maw={640} />;
  const parts = [
    <Standing key="standing" client={client} explanation={explanation} balances={balances} />,
    client.status === 'active' && explanation.headline?.low === true && (
      <Notices key="notices" headline={explanation.headline} />
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
          {index > 0 && '; '}
          {part}
        </span>
      ))}
      .
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
  // The balance of this moment, which may be younger than what the monitor saw.
  const isUnder = compareAmounts(balances.available, headline.threshold) < 0;
  const distance = isUnder
    ? subtractAmounts(headline.threshold, balances.available)
    : subtractAmounts(balances.available, headline.threshold);
  const facts = {
    available,
    gap: <Money value={{ amount: distance, currency }} />,
    threshold: <Money value={{ amount: headline.threshold, currency }} />,
    rule: ruleInSentence(headline.rule),
  };
  const everything = silences.find(({ rule }) => rule === null);
  return (
    <>
      {!isUnder
        ? rich('client.headline.above', facts)
        : headline.since === null
          ? rich('client.headline.under', facts)
          : rich('client.headline.underSince', { ...facts, since: <Time at={headline.since} format="short" /> })}
      {everything && <>; {rich('client.headline.silenced', { time: <Time at={everything.until} format="short" /> })}</>}
    </>
  );
}

function Notices({ headline }: { readonly headline: NonNullable<Explanation['headline']> }): ReactNode {
  const { sent, max } = headline;
  return max === null ? t('client.headline.sent', { n: sent }) : t('client.headline.sentOf', { n: max, sent });
}
