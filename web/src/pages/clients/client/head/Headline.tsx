import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { actorText } from '../../../../ui/audit/Actor';
import { useNow } from '../../../../ui/text/clock';
import { Countdown } from '../../../../ui/text/Countdown';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import classes from '../client.module.css';
import { HeadlineComparison } from './HeadlineComparison';
import { nextStepOf } from './NextStep';
import { balancesQuery, explainQuery, type Balances, type Client, type Explanation } from '../queries';

/** The states whose sentence also says what was sent and what comes next. */
const lowStates: ReadonlySet<Client['state']> = new Set(['low', 'critical', 'exhausted', 'silenced']);

/**
 * "32.00 USD available, 18.00 USD below the 50.00 USD client notification threshold · 2 of 3 notifications sent · next
 * notification possible Dec 1, 11:12 AM · next check in 5 hr 12 min"
 */
export function Headline({ client }: { readonly client: Client }) {
  const { data: explanation } = useQuery(explainQuery(client.id));
  const { data: balances } = useQuery(balancesQuery(client.id));
  if (!explanation || !balances) {
    return <Skeleton className={classes['headlineRoom']} data-low={lowStates.has(client.state) || undefined} />;
  }
  const parts = [
    <Standing key="standing" client={client} explanation={explanation} balances={balances} />,
    client.status === 'active' && explanation.headline?.low === true && (
      <Notifications key="notifications" headline={explanation.headline} />
    ),
    client.status === 'active' && explanation.pausedBy === null && nextStepOf({ explanation, zone: client.timezone }),
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
  const { headline, balanceError, silences } = explanation;
  const { currency } = balances;
  if (client.status === 'deleted') return t('client.headline.deleted');
  if (client.status === 'stop') return t('client.headline.stopped');
  if (balances.unlimited) return t('client.headline.unlimited');
  if (balances.available === null || balanceError) {
    return (
      <>
        {balanceError
          ? rich('client.headline.unknownSince', { time: <Time at={balanceError.since} show="both" /> })
          : t('client.headline.unknown')}
        <LastKnown balances={balances} />
      </>
    );
  }
  const available = <Money value={{ amount: balances.available, currency }} />;
  if (!headline) {
    const hasRules = explanation.rules.some((rule) => rule.threshold !== null);
    return rich(hasRules ? 'client.headline.notCompared' : 'client.headline.noRule', { available });
  }
  const everything = silences.find(({ rule }) => rule === null);
  return (
    <>
      <HeadlineComparison headline={headline} />
      {everything && (
        <> · {rich('client.headline.silenced', { time: <Time at={everything.until} format="short" /> })}</>
      )}
    </>
  );
}

/** The last balance that was known is shown only with its time. */
function LastKnown({ balances: { lastKnown, currency } }: { readonly balances: Balances }): ReactNode {
  if (lastKnown === null) return null;
  const live = <Money value={{ amount: lastKnown.live, currency }} />;
  return <> · {rich('client.headline.lastKnown', { live, time: <Time at={lastKnown.at} show="both" /> })}</>;
}

function Notifications({ headline }: { readonly headline: NonNullable<Explanation['headline']> }): ReactNode {
  const { sent, max } = headline;
  return max === null ? t('client.headline.sent', { n: sent }) : t('client.headline.sentOf', { n: max, sent });
}
