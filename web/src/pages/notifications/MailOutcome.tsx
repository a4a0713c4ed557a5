import { Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { OutcomeBadge } from '../../ui/OutcomeBadge';
import { Time } from '../../ui/Time';
import { isOfRule } from './mail-words';
import { attemptsQuery, type MailDetail } from './queries';

/** How the mail stands in a sentence; where something is wrong, what the mail server said last. */
export function MailOutcome({ mail }: { readonly mail: MailDetail }): ReactNode {
  const { data: attempts } = useQuery(attemptsQuery(mail.id));
  const said = mail.status === 'accepted' ? null : (attempts?.findLast(({ reply }) => reply !== null)?.reply ?? null);
  return (
    <Paper withBorder p="sm">
      <Stack gap={6}>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <OutcomeBadge outcome={mail.status} />
          <Text size="sm" component="div">
            <Sentence mail={mail} />
          </Text>
        </Group>
        {said !== null && (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {said}
          </Code>
        )}
      </Stack>
    </Paper>
  );
}

function Sentence({ mail }: { readonly mail: MailDetail }): ReactNode {
  const { status, acceptedAt, acceptedFor, to, nextAttemptAt, attempts } = mail;
  const counts = isOfRule(mail);
  switch (status) {
    case 'accepted': {
      const refused = to.filter((address) => !acceptedFor.includes(address));
      return (
        <>
          {rich('notifications.is.accepted', { time: <Time at={acceptedAt} /> })}{' '}
          {refused.length > 0 && t('notifications.is.refusedFor', { to: refused.join(', ') })}{' '}
          {t('notifications.is.accepted.only')}
        </>
      );
    }
    case 'retrying':
      return rich('notifications.is.retrying', {
        n: attempts,
        time: <Time at={nextAttemptAt} show="both" none={t('common.unknown')} />,
      });
    case 'failed':
      return t(counts ? 'notifications.is.failed.rule' : 'notifications.is.failed');
    case 'uncertain':
      return t(counts ? 'notifications.is.uncertain.rule' : 'notifications.is.uncertain');
    case 'sending':
      return t('notifications.is.sending');
  }
}
