import { Anchor, Button, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { useCan } from '../../session/rights';
import { FailedState } from '../../ui/FailedState';
import { SeverityBadge } from '../../ui/badges/SeverityBadge';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { eventKindText, eventText, eventTodo, eventWhy } from '../../ui/text/event-text';
import { EventFacts } from './EventFacts';
import { eventLinks } from './event-links';
import { eventQuery, type Event } from './queries';
import type { ToResolve } from './ResolveDialog';

interface EventDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly onResolve: (asked: ToResolve) => void;
}

/** One event next to the list: what happened, why, and what to do about it. */
export function EventDrawer({ id, onClose, onResolve }: EventDrawerProps): ReactNode {
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('events.what')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {id !== null && <LoadedEvent key={id} id={id} onResolve={onResolve} />}
    </Drawer>
  );
}

function LoadedEvent({ id, onResolve }: { readonly id: string } & Pick<EventDrawerProps, 'onResolve'>): ReactNode {
  const { data, error, refetch } = useQuery(eventQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="md" role="status" aria-label={t('common.loading')}>
        <Skeleton h={28} w="70%" />
        <Skeleton h={64} />
        <Skeleton h={240} />
      </Stack>
    );
  }
  return <ShownEvent event={data} onResolve={onResolve} />;
}

function ShownEvent({ event, onResolve }: { readonly event: Event } & Pick<EventDrawerProps, 'onResolve'>): ReactNode {
  const can = useCan();
  const { id, kind, severity, status, times, data } = event;
  const what = eventText(event);
  return (
    <Stack gap="lg">
      <div>
        <Group gap="xs" mb={6}>
          <SeverityBadge severity={severity} />
          {status === 'resolved' && (
            <ToneBadge tone="green" icon={IconCheck}>
              {t('events.resolvedAt')}
            </ToneBadge>
          )}
          <Text size="sm" c="dimmed">
            {[eventKindText(kind), ...(times > 1 ? [t('events.occurrences', { n: times })] : [])].join(' · ')}
          </Text>
        </Group>
        <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
          {what}
        </Title>
      </div>
      <Section title={t('events.why')}>
        {eventWhy(event)}
        {technical(event) !== null && (
          <Text size="sm" lang="en" mt={4} style={{ overflowWrap: 'anywhere' }}>
            {technical(event)}
          </Text>
        )}
      </Section>
      {status === 'open' && (
        <Section title={t('events.todo')}>
          {eventTodo(event)}
          <Group gap="xs" mt="sm">
            {eventLinks(event)
              .filter(({ operation }) => can(operation))
              .map(({ to, label }) => (
                <Button key={to} component={Link} to={to} size="xs" variant="default">
                  {t(label)}
                </Button>
              ))}
            <ActionButton
              operation="resolveEvents"
              size="xs"
              leftSection={<IconCheck size={16} aria-hidden />}
              onClick={() => onResolve({ selection: { ids: [id] }, n: 1, what })}
            >
              {t('events.resolve')}
            </ActionButton>
          </Group>
          {resolvesItself[kind] && (
            <Text size="sm" c="dimmed" mt="xs">
              {t('events.resolve.itself')}
            </Text>
          )}
        </Section>
      )}
      <Section title={t('events.details')}>
        <EventFacts event={event} />
      </Section>
      {can('listAudit') && status === 'resolved' && data && (
        <Anchor component={Link} to={`/audit?subjectType=event&subjectId=${id}`} size="sm" w="fit-content">
          <Group gap={4}>
            <IconHistory size={16} aria-hidden />
            {t('events.history')}
          </Group>
        </Anchor>
      )}
    </Stack>
  );
}

/** The others wait for a person. */
const resolvesItself: Readonly<Record<Event['kind'], boolean>> = {
  'rate.missing': true,
  'payment.refused': false,
  'source.failing': true,
  'mailbox.failing': true,
  'template.failed': true,
  'credit.requested': true,
  'invoice.too_many_missed': true,
  'monitor.stuck': true,
  'monitor.replaced': false,
  'client.low': true,
  'invoice.overdue': true,
  'capacity.reduced': true,
  'capacity.restored': true,
  'notification.no_recipients': true,
  'rate_notification.failed': true,
  'email.bounced': true,
  'auto_payment.frozen': true,
  'card_payment.problem': false,
  'webhook.disabled': true,
};

/** What the service says of the cause, in English. */
function technical({ kind, data }: Event): string | null {
  // Of a capacity the reason is a code that the sentence says already.
  if (kind === 'capacity.reduced' || kind === 'capacity.restored') return null;
  if (kind === 'notification.no_recipients') return null;
  if (kind === 'auto_payment.frozen') return data['decline'] || null;
  if (kind === 'card_payment.problem') return data['detail'] || null;
  return (kind === 'payment.refused' ? data['detail'] : data['reason']) || null;
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      <Text size="sm" component="div">
        {children}
      </Text>
    </section>
  );
}
