import { Anchor, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { dateTimeFormat } from '../../../../i18n/intl';
import { intlLocale } from '../../../../i18n/language';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { actorText } from '../../../../ui/audit/Actor';
import { Money } from '../../../../ui/text/Money';
import { OutcomeBadge } from '../../../../ui/badges/OutcomeBadge';
import { SignedMoney } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';
import type { Client, Timeline } from '../queries';
import { countsTowardRule, notificationKindLabel } from '../../../../ui/text/notification-kind';
import { ruleName } from '../../../../ui/text/rule-label';
import { resetPhrase } from '../reset-text';
import type { TimelineEvent } from './events';
import { MarkerShape } from './MarkerShape';
import classes from './timeline.module.css';

interface EventRowsProps {
  readonly client: Client;
  readonly timeline: Timeline;
  readonly events: readonly TimelineEvent[];
  readonly chosen: readonly string[];
  /** whose days the charges are grouped by */
  readonly zone: string;
}

const maxRows = 200;

/** The marks of the chart as rows; a click on a mark shows its rows. */
export function EventRows({ client, timeline, events, chosen, zone }: EventRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('tr[data-chosen]');
    // Only within its own box: the page stays where it is.
    if (row && box.current) box.current.scrollTop = row.offsetTop - box.current.clientHeight / 3;
  }, [chosen]);
  if (events.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('client.events.none')}
      </Text>
    );
  }
  const shown = events.filter(({ key }, index) => index < maxRows || chosen.includes(key));
  return (
    <>
      <Title order={3} size="h6" mt="xs" id="events">
        {t('client.events')}
      </Title>
      <div
        ref={box}
        className={`${classes['events']} ${classes['chart']}`}
        role="region"
        aria-labelledby="events"
        tabIndex={0}
      >
        <Table fz="sm" verticalSpacing={6}>
          <Table.Tbody>
            {shown.map((event) => (
              <Table.Tr key={event.key} data-chosen={chosen.includes(event.key) || undefined}>
                <Table.Td w={28} pr={0}>
                  <svg width={16} height={16} viewBox="-8 -8 16 16" aria-hidden style={{ display: 'block' }}>
                    <MarkerShape look={event.look} />
                  </svg>
                </Table.Td>
                <Table.Td w={1} style={{ whiteSpace: 'nowrap' }}>
                  <EventTime event={event} zone={zone} clientZone={client.timezone} />
                </Table.Td>
                <Table.Td>{textOf(event, timeline.currency, client)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {(timeline.truncated || shown.length < events.length) && (
        <Text size="xs" c="dimmed">
          {t('client.events.truncated')}
        </Text>
      )}
    </>
  );
}

/** Charges have a day: their hour is that of the last one alone. */
function EventTime({ event, zone, clientZone }: { event: TimelineEvent; zone: string; clientZone: string }) {
  const at = new Date(event.at).toISOString();
  if (event.kind !== 'charges') return <Time at={at} format="short" clientZone={clientZone} />;
  return (
    <time dateTime={at}>
      {dateTimeFormat(intlLocale(), { timeZone: zone, month: 'short', day: 'numeric' }).format(event.at)}
    </time>
  );
}

function textOf(event: TimelineEvent, currency: string, client: Client): ReactNode {
  switch (event.kind) {
    case 'mail':
      return <NotificationText mail={event.mail} />;
    case 'payment':
      return rich('client.event.payment', {
        amount: <SignedMoney amount={event.payment.amount} currency={currency} />,
        id: (
          <Anchor component={Link} to="?tab=ledger&e.kind=payment" size="sm" underline="always">
            {event.payment.id}
          </Anchor>
        ),
      });
    case 'charges':
      return rich('client.event.charges', {
        n: event.day.count,
        amount: <SignedMoney amount={event.day.amount} currency={currency} />,
        charges: (
          <Anchor component={Link} to={`?${chargesOf(event.day)}`} size="sm" underline="always">
            {t('client.event.chargesLink', { n: event.day.count })}
          </Anchor>
        ),
      });
    case 'limit':
      return (
        <>
          {rich('client.event.limit', {
            before: <Money value={{ amount: event.change.before, currency }} />,
            after: <Money value={{ amount: event.change.after, currency }} />,
            actor: actorText(event.change.actor, event.change.actorName),
          })}
          {event.change.reason && <Reason text={event.change.reason} />}
        </>
      );
    case 'profile':
      return t(`client.event.profile.${event.change.kind}`, {
        actor: actorText(event.change.actor, event.change.actorName),
      });
    case 'reset':
      return (
        <>
          {t('client.event.reset', {
            rule: ruleName(event.reset.rule),
            n: event.reset.count,
            reset: resetPhrase(event.reset),
          })}
          {event.reset.reason && <Reason text={event.reset.reason} />}
        </>
      );
    case 'grant':
      return rich('client.event.grant', {
        amount: <SignedMoney amount={event.grant.amount} currency={currency} />,
        until: <Time at={event.grant.until} format="short" clientZone={client.timezone} />,
        status: t(`credit.status.${event.grant.status}`),
      });
  }
}

/** The ledger with the charges of this day. */
function chargesOf({ from, to }: Timeline['chargeDays'][number]): string {
  return new URLSearchParams({ tab: 'ledger', 'e.kind': 'charge', 'e.from': from, 'e.to': to }).toString();
}

function Reason({ text }: { readonly text: string }) {
  return (
    <Text span size="sm" c="dimmed">
      {' '}
      · {text}
    </Text>
  );
}

function NotificationText({ mail }: { readonly mail: Timeline['notifications'][number] }) {
  const counts = countsTowardRule(mail);
  return (
    <>
      <Anchor component={Link} to={`/notifications/${mail.id}`} size="sm" underline="always">
        {counts ? ruleName(mail.rule) : notificationKindLabel(mail.kind)}
      </Anchor>{' '}
      {counts &&
        (mail.max === null
          ? t('client.event.notificationNumber', { number: mail.number })
          : t('client.event.notificationOf', { number: mail.number, max: mail.max }))}{' '}
      <OutcomeBadge outcome={mail.status} />
    </>
  );
}
