import { Skeleton, Table, Text } from '@mantine/core';
import {
  IconAlertOctagon,
  IconLoader,
  IconMailCheck,
  IconPlugX,
  IconRefresh,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { rich } from '../../i18n/rich';
import { t, type Key } from '../../i18n/t';
import { Actor } from '../../ui/audit/Actor';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { Time } from '../../ui/text/Time';
import { ToneBadge, type Tone } from '../../ui/badges/ToneBadge';
import classes from './notifications.module.css';
import { attemptsQuery, type Attempt, type Delivery, type NotificationDetail } from './queries';

type AttemptOutcome = NonNullable<Attempt['outcome']> | 'running';

const looks: Readonly<Record<AttemptOutcome, { tone: Tone; icon: Icon; text: Key }>> = {
  accepted: { tone: 'green', icon: IconMailCheck, text: 'notifications.attempt.accepted' },
  refused: { tone: 'amber', icon: IconRefresh, text: 'notifications.attempt.refused' },
  refused_for_good: { tone: 'red', icon: IconAlertOctagon, text: 'notifications.attempt.refused_for_good' },
  uncertain: { tone: 'violet', icon: IconZoomQuestion, text: 'notifications.attempt.uncertain' },
  interrupted: { tone: 'amber', icon: IconPlugX, text: 'notifications.attempt.interrupted' },
  running: { tone: 'blue', icon: IconLoader, text: 'notifications.attempt.running' },
};

export interface DeliveryProps {
  readonly mail: NotificationDetail;
  readonly delivery: Delivery;
}

/** Every SMTP dialogue, or request to a channel, first to last, and when the next one is due. */
export function AttemptsTable({ mail, delivery }: DeliveryProps): ReactNode {
  const { data, error, refetch } = useQuery(attemptsQuery(mail.id, delivery.id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} />;
  if (data.length === 0) return <EmptyState title={t('notifications.attempts.none')} />;
  return (
    <>
      <div className={classes['scroll']} role="region" aria-label={t('notifications.attempts')} tabIndex={0}>
        <Table fz="sm" verticalSpacing={6} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{t('notifications.attempt.number')}</Table.Th>
              <Table.Th>{t('notifications.attempt.started')}</Table.Th>
              <Table.Th ta="right">{t('notifications.attempt.duration')}</Table.Th>
              <Table.Th>{t('notifications.attempt.outcome')}</Table.Th>
              <Table.Th>{t('notifications.attempt.reply')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((attempt) => (
              <AttemptRow key={attempt.attempt} attempt={attempt} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {delivery.nextAttemptAt !== null && delivery.status === 'retrying' && (
        <Text size="sm" mt="xs" component="div">
          {rich('notifications.attempt.next', { time: <Time at={delivery.nextAttemptAt} show="both" /> })}
        </Text>
      )}
    </>
  );
}

function AttemptRow({ attempt }: { readonly attempt: Attempt }): ReactNode {
  const { startedAt, endedAt, outcome, code, reply, requestedBy, requestedByName } = attempt;
  const look = looks[outcome ?? 'running'];
  return (
    <Table.Tr>
      <Table.Td ta="right">{attempt.attempt}</Table.Td>
      <Table.Td className={classes['line'] ?? ''}>
        <Time at={startedAt} format="second" />
        {requestedBy !== null && (
          <Text size="xs" c="dimmed" component="div">
            {rich('notifications.attempt.manual', { who: <Actor actor={requestedBy} name={requestedByName} /> })}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className={classes['line'] ?? ''}>
        {endedAt === null ? '' : millisecondsText(Date.parse(endedAt) - Date.parse(startedAt))}
      </Table.Td>
      <Table.Td>
        <ToneBadge tone={look.tone} icon={look.icon}>
          {t(look.text)}
        </ToneBadge>
      </Table.Td>
      <Table.Td className={classes['reply'] ?? ''}>{replyText(code, reply)}</Table.Td>
    </Table.Tr>
  );
}

/** Servers repeat the code at the beginning of what they say. */
function replyText(code: number | null, reply: string | null): string {
  if (code === null || reply?.startsWith(String(code))) return reply ?? '';
  return reply === null ? String(code) : `${code} ${reply}`;
}

function millisecondsText(ms: number): string {
  const unit = ms < 1000 ? 'millisecond' : 'second';
  const format = numberFormat(intlLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  return format.format(unit === 'second' ? ms / 1000 : Math.max(0, ms));
}
