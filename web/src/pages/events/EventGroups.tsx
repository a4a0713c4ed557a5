import { Button, Group, Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { useChanges } from '../../api/use-changes';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { resolved, type Filters } from '../../list/request';
import { useCan } from '../../session/rights';
import { FailedState } from '../../ui/FailedState';
import { SeverityBadge } from '../../ui/badges/SeverityBadge';
import { eventGroupText } from '../../ui/text/event-text';
import { Time } from '../../ui/text/Time';
import classes from './events.module.css';
import { eventsList } from './events-list';
import { groupsQuery, type EventGroup } from './queries';
import type { ToResolve } from './ResolveDialog';
import { matching } from './selection';

interface EventGroupsProps {
  /** of the list below */
  readonly filters: Filters;
  readonly onFilter: (changes: Filters) => void;
  readonly onResolve: (asked: ToResolve) => void;
}

/** The causes behind the events of the list, the most severe first: a click narrows the list to one. */
export function EventGroups({ filters, onFilter, onResolve }: EventGroupsProps): ReactNode {
  const { group: chosen, ...others } = filters;
  const { data, error, refetch } = useQuery({
    ...groupsQuery(others, () => resolved(eventsList, others, serverNow())),
    placeholderData: keepPreviousData,
  });
  useChanges('events', refetch);
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data || data.data.length === 0) return null;
  return (
    <Paper withBorder component="section" aria-labelledby="event-causes">
      <Title order={2} size="h6" px="sm" py={8} id="event-causes">
        {t('events.causes')}
      </Title>
      <ul className={classes['groups']}>
        {data.data.map((group) => (
          <GroupRow
            key={group.group}
            group={group}
            isChosen={group.group === chosen}
            onChoose={() => onFilter({ group: group.group === chosen ? '' : group.group })}
            onResolve={
              filters['status'] === undefined
                ? () => onResolve(matching({ ...others, group: group.group }, group.events, textOf(group)))
                : null
            }
          />
        ))}
      </ul>
    </Paper>
  );
}

interface GroupRowProps {
  readonly group: EventGroup;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  /** null: the events are not the open ones */
  readonly onResolve: (() => void) | null;
}

function GroupRow({ group, isChosen, onChoose, onResolve }: GroupRowProps): ReactNode {
  const can = useCan();
  const { severity, events, times, clients, clientName, subjectId, firstAt, lastAt } = group;
  const facts = [
    // One event has its subject; many have how often they occurred and for how many clients.
    ...(events === 1 ? [clientName ?? subjectId] : []),
    ...(times > events ? [t('events.occurrences', { n: times })] : []),
    ...(events > 1 && clients > 0 ? [clientName ?? t('events.clients', { n: clients })] : []),
  ];
  return (
    <li data-chosen={isChosen || undefined}>
      <UnstyledButton
        className={classes['cause'] ?? ''}
        aria-pressed={isChosen}
        title={t(isChosen ? 'events.hide' : 'events.show')}
        onClick={onChoose}
      >
        <span className={classes['severity']}>
          <SeverityBadge severity={severity} />
        </span>
        <span className={classes['text']}>
          <Text span size="sm" fw={600}>
            {textOf(group)}
          </Text>
          {facts.length > 0 && (
            <Text span size="sm" c="dimmed">
              {' · '}
              {facts.join(' · ')}
            </Text>
          )}
        </span>
      </UnstyledButton>
      <Group gap="sm" wrap="nowrap" justify="flex-end" className={classes['end'] ?? ''}>
        <Text size="sm" c="dimmed" component="div">
          <Time at={lastAt} show="relative" />
          {firstAt !== lastAt && (
            <>
              {', '}
              {rich('events.since', { time: <Time at={firstAt} format="short" /> })}
            </>
          )}
        </Text>
        {onResolve && can('resolveEvents') && (
          <Button size="compact-sm" variant="default" onClick={onResolve}>
            {t('events.resolve')}
          </Button>
        )}
      </Group>
    </li>
  );
}

const textOf = ({ kind, reason, events }: EventGroup): string => eventGroupText(kind, reason, events);
