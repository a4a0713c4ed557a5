import { Group, Loader, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { clientCommands, commandEntries, commandIn, foundEntries, matches, type Entry } from './palette-entries';
import { paletteStore } from './palette-store';
import classes from './Palette.module.css';
import { useOwnEntries } from './use-own-entries';

const listId = 'palette-list';
const optionId = (index: number): string => `palette-option-${index}`;

/** Ctrl-K: what can be done with what is open, pages, actions, and whatever the service finds. */
export function Palette({ onHelp }: { readonly onHelp: () => void }) {
  const [text, setText] = useState('');
  const own = useOwnEntries({ onHelp, onType: setText });
  const { found, isFetching } = useFound(text);
  const entries = grouped(inOrder(text, found, own));
  const list = useFirstChosen([text, ...entries.map(({ id }) => id)].join());
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <Spotlight.Root
      store={paletteStore}
      // Its top stays where it is while its rows come and go.
      centered={false}
      query={text}
      onQueryChange={setText}
      shortcut={['mod + K']}
      scrollable
      maxHeight="min(60vh, 520px)"
      title={t('app.search.open')}
      // It names the dialog for who cannot see it; to the others the field says the same.
      styles={{ header: { display: 'none' } }}
    >
      <Spotlight.Search
        placeholder={t('app.search.placeholder')}
        aria-label={t('app.search.open')}
        // The focus stays in the field; the arrows choose a row, which a screen reader reads as that of the field.
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={isFetching ? <Loader size={16} aria-label={t('common.loading')} /> : null}
      />
      <VisuallyHidden aria-live="polite">{text ? t('app.search.count', { n: entries.length }) : ''}</VisuallyHidden>
      <Spotlight.ActionsList ref={list} id={listId} role="listbox" aria-label={t('app.search.open')}>
        {entries.length === 0 && <Spotlight.Empty>{t('app.search.nothing', { text })}</Spotlight.Empty>}
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group} role="group" aria-label={group}>
            {entries.map((entry, index) =>
              entry.group === group ? <PaletteRow key={entry.id} entry={entry} id={optionId(index)} /> : null,
            )}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** What the service finds; behind the beginning of a command, the clients that it can be done with. */
function useFound(text: string): { readonly found: Entry[]; readonly isFetching: boolean } {
  const can = useCan();
  const possible = clientCommands.filter(({ operation }) => can(operation));
  const wanted = commandIn(text, Object.fromEntries(possible.map(({ id }) => [id, t(`app.command.any.${id}`)])));
  const [asked] = useDebouncedValue(wanted?.rest ?? text.trim(), 150);
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: keys.search(asked),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/search', { params: { query: { q: asked } }, signal })),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  if (!asked || !data) return { found: [], isFetching };
  const command = possible.find(({ id }) => id === wanted?.id);
  // Enter must not act on a client that was found for other words.
  if (command && isPlaceholderData) return { found: [], isFetching };
  return { found: command ? commandEntries(command, data) : foundEntries(data), isFetching };
}

/** The page that was typed by its name comes before what the service finds for the same word. */
function inOrder(text: string, found: readonly Entry[], own: readonly Entry[]): Entry[] {
  const typed = text.trim().toLowerCase();
  const matching = own.filter(({ label }) => matches(label, text));
  const named = matching.filter(({ label }) => label.toLowerCase() === typed);
  return [...named, ...found, ...matching.filter((entry) => !named.includes(entry))];
}

/** In the order in which their groups first come, so that the arrows follow what is seen. */
function grouped(entries: readonly Entry[]): Entry[] {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups.flatMap((group) => entries.filter((entry) => entry.group === group));
}

/** Enter goes to the first row. Mantine chooses it when something is typed, before the service has answered. */
function useFirstChosen(rows: string): RefCallback<HTMLDivElement> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const actions = [...(list.current?.querySelectorAll('[data-action]') ?? [])];
    for (const [index, action] of actions.entries()) action.toggleAttribute('data-selected', index === 0);
    paletteStore.updateState((state) => ({ ...state, selected: actions.length > 0 ? 0 : -1 }));
  }, [rows]);
  return useCallback((element: HTMLDivElement | null) => {
    list.current = element;
    if (!element) return undefined;
    // Mantine notes its choice on the rows alone.
    const observer = new MutationObserver(() => announceChosen(element));
    observer.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-selected'] });
    announceChosen(element);
    return () => observer.disconnect();
  }, []);
}

/** A screen reader reads the chosen row as that of the field, where the focus stays. */
function announceChosen(list: HTMLElement): void {
  const field = document.querySelector(`[aria-controls="${listId}"]`);
  field?.removeAttribute('aria-activedescendant');
  for (const row of list.querySelectorAll('[data-action]')) {
    const isChosen = row.hasAttribute('data-selected');
    row.setAttribute('aria-selected', String(isChosen));
    if (isChosen) field?.setAttribute('aria-activedescendant', row.id);
  }
}

interface PaletteRowProps {
  readonly entry: Entry;
  readonly id: string;
}

function PaletteRow({ entry, id }: PaletteRowProps) {
  const navigate = useNavigate();
  const EntryIcon = entry.icon;
  const run = (): void => {
    if (entry.to === null) entry.run();
    else void navigate(entry.to);
  };
  return (
    <Spotlight.Action
      // It takes no id as a property.
      ref={(element: HTMLButtonElement | null) => void (element && (element.id = id))}
      onClick={run}
      closeSpotlightOnTrigger={!entry.staysOpen}
      role="option"
    >
      <Group w="100%" gap="sm" className={classes['row'] ?? ''}>
        <EntryIcon size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <div className={classes['words']}>
          <Text size="sm" truncate>
            {entry.label}
          </Text>
          {entry.description && (
            <Text size="xs" className={classes['beside'] ?? ''} truncate>
              {entry.description}
            </Text>
          )}
        </div>
        <Text size="xs" component="div" className={`${classes['beside']} ${classes['end']}`} truncate>
          {entry.beside}
        </Text>
      </Group>
    </Spotlight.Action>
  );
}
