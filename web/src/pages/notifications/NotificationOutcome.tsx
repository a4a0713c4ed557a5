import { Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { OutcomeBadge } from '../../ui/badges/OutcomeBadge';
import { Time } from '../../ui/text/Time';
import type { DeliveryProps } from './AttemptsTable';
import { countsTowardRule } from '../../ui/text/notification-kind';
import { attemptsQuery } from './queries';

/** The status of a delivery in a sentence; where something is wrong, the last reply of the server. */
export function NotificationOutcome({ mail, delivery }: DeliveryProps): ReactNode {
  const { data: attempts } = useQuery(attemptsQuery(mail.id, delivery.id));
  const reply =
    delivery.status === 'accepted'
      ? null
      : delivery.bounce
        ? delivery.bounce.detail || null
        : (attempts?.findLast((attempt) => attempt.reply !== null)?.reply ?? null);
  return (
    <Paper withBorder p="sm">
      <Stack gap={6}>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <OutcomeBadge outcome={delivery.status} />
          <Text size="sm" component="div">
            <Sentence mail={mail} delivery={delivery} />
          </Text>
        </Group>
        {reply !== null && (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {reply}
          </Code>
        )}
      </Stack>
    </Paper>
  );
}

function Sentence({ mail, delivery }: DeliveryProps): ReactNode {
  const { status, acceptedAt, nextAttemptAt, attempts, channel } = delivery;
  const counts = countsTowardRule(mail);
  if (channel && status !== 'retrying' && status !== 'bounced') {
    return <ChannelSentence mail={mail} status={status} acceptedAt={acceptedAt} channel={channel.name} />;
  }
  switch (status) {
    case 'accepted':
      return (
        <>
          {rich('notifications.is.accepted', { time: <Time at={acceptedAt} /> })} {t('notifications.is.accepted.only')}
        </>
      );
    case 'bounced':
      return rich('notifications.is.bounced', { time: <Time at={delivery.bounce?.at ?? null} /> });
    case 'retrying':
      return rich('notifications.is.retrying', {
        n: attempts,
        time: <Time at={nextAttemptAt} show="both" none={t('common.unknown')} />,
      });
    case 'failed':
      // The notification counts where another recipient's server accepted it.
      return t(counts && mail.status === 'failed' ? 'notifications.is.failed.rule' : 'notifications.is.failed');
    case 'uncertain':
      return t(counts ? 'notifications.is.uncertain.rule' : 'notifications.is.uncertain');
    case 'sending':
      return t('notifications.is.sending');
  }
}

interface ChannelSentenceProps {
  readonly mail: DeliveryProps['mail'];
  readonly status: Exclude<DeliveryProps['delivery']['status'], 'retrying' | 'bounced'>;
  readonly acceptedAt: string | null;
  readonly channel: string;
}

/** The same of a message to a channel, which no mail server has seen. */
function ChannelSentence({ mail, status, acceptedAt, channel }: ChannelSentenceProps): ReactNode {
  const counts = countsTowardRule(mail);
  const name = <span translate="no">{channel}</span>;
  switch (status) {
    case 'accepted':
      return rich('notifications.is.channel.accepted', { channel: name, time: <Time at={acceptedAt} /> });
    case 'failed': {
      const isOfRule = counts && mail.status === 'failed';
      return rich(isOfRule ? 'notifications.is.channel.failed.rule' : 'notifications.is.channel.failed', {
        channel: name,
      });
    }
    case 'uncertain':
      return rich(counts ? 'notifications.is.channel.uncertain.rule' : 'notifications.is.channel.uncertain', {
        channel: name,
      });
    case 'sending':
      return rich('notifications.is.channel.sending', { channel: name });
  }
}
