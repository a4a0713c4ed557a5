import { Button, Stack } from '@mantine/core';
import { IconBellCheck, IconCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import type { Selection } from '../../list/selection';
import { useItemHref, useOpenItem } from '../../list/use-open-item';
import { useListState } from '../../list/use-list-state';
import { useCan } from '../../session/rights';
import { PageHeader } from '../../ui/PageHeader';
import { EventDrawer } from './EventDrawer';
import { EventGroups } from './EventGroups';
import { eventsList } from './events-list';
import type { Event } from './queries';
import { ResolveDialog, type ToResolve } from './ResolveDialog';
import { selectedEvents } from './selection';

/** The events log: open ones first, by cause; `?event=7` shows one next to the list. */
export default function EventsPage() {
  const can = useCan();
  const [shown, show] = useOpenItem('event');
  const hrefOf = useItemHref('event');
  const { state, filter } = useListState(eventsList);
  const [asked, setAsked] = useState<ToResolve | null>(null);
  const [whenDone, setWhenDone] = useState<() => void>(() => () => undefined);
  const ask = (wanted: ToResolve, done: () => void = () => undefined): void => {
    setAsked(wanted);
    setWhenDone(() => done);
  };
  const bulk = (selection: Selection<Event>, clear: () => void): ReactNode => (
    <Button
      size="xs"
      leftSection={<IconCheck size={16} aria-hidden />}
      onClick={() => ask(selectedEvents(selection), clear)}
    >
      {t('events.resolve')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('app.nav.events')} lead={t('events.lead')} />
      <Stack gap="sm">
        <EventGroups filters={state.filters} onFilter={filter} onResolve={(wanted) => ask(wanted)} />
        <List
          definition={eventsList}
          hrefOf={({ id }) => hrefOf(id)}
          {...(can('resolveEvents') ? { bulk } : {})}
          empty={{
            icon: IconBellCheck,
            title: t('events.none'),
            text: t('events.none.text'),
            docs: '/docs#tag/events',
          }}
        />
      </Stack>
      <EventDrawer id={shown} onClose={() => show(null)} onResolve={(wanted) => ask(wanted)} />
      <ResolveDialog asked={asked} onClose={() => setAsked(null)} onDone={whenDone} />
    </>
  );
}
