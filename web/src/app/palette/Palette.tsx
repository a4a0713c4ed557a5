import { Group, Loader, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconPlus, IconSearch, type Icon } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { foundEntries, matches, type Entry } from './palette-entries';
import { navigationPages, presetLists } from '../pages';
import { palette, paletteStore } from './palette-store';
import classes from './Palette.module.css';
import { useDisplay } from '../use-display';

/** Ctrl-K: pages, actions, and whatever the service finds. */
export function Palette({ onHelp }: { readonly onHelp: () => void }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const { data, isFetching } = useQuery({
    queryKey: keys.search(asked),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/search', { params: { query: { q: asked } }, signal })),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const own = useOwnEntries(onHelp).filter(({ label }) => matches(label, text));
  const found = asked && data ? foundEntries(data) : [];
  const groups = [...new Set([...found, ...own].map(({ group }) => group))];
  const count = own.length + found.length;
  const list = useFirstChosen([asked, ...found.map(({ id }) => id)].join());
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
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={isFetching ? <Loader size={16} aria-label={t('common.loading')} /> : null}
      />
      <VisuallyHidden aria-live="polite">{text ? t('app.search.count', { n: count }) : ''}</VisuallyHidden>
      <Spotlight.ActionsList ref={list}>
        {count === 0 && <Spotlight.Empty>{t('app.search.nothing', { text })}</Spotlight.Empty>}
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {[...found, ...own].filter((entry) => entry.group === group).map(row)}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );

  function row(entry: Entry) {
    const EntryIcon: Icon = entry.icon;
    return (
      <PaletteRow key={entry.id} entry={entry}>
        <EntryIcon size={18} stroke={1.6} aria-hidden />
      </PaletteRow>
    );
  }
}

/** Enter goes to the first row. Mantine chooses it when something is typed, before the service has answered. */
function useFirstChosen(rows: string) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const actions = [...(list.current?.querySelectorAll('[data-action]') ?? [])];
    for (const [index, action] of actions.entries()) action.toggleAttribute('data-selected', index === 0);
    paletteStore.updateState((state) => ({ ...state, selected: actions.length > 0 ? 0 : -1 }));
  }, [rows]);
  return list;
}

function PaletteRow({ entry, children }: { readonly entry: Entry; readonly children: React.ReactNode }) {
  const navigate = useNavigate();
  const run = (): void => {
    if (entry.to === null) entry.run();
    else void navigate(entry.to);
  };
  return (
    <Spotlight.Action onClick={run}>
      <Group wrap="nowrap" w="100%" gap="sm">
        {children}
        <Text size="sm" truncate flex={1}>
          {entry.label}
        </Text>
        <Text size="xs" className={classes['beside'] ?? ''} truncate maw="45%">
          {entry.beside}
        </Text>
      </Group>
    </Spotlight.Action>
  );
}

/** What the page itself knows: where one can go and what one can do from anywhere. */
function useOwnEntries(onHelp: () => void): Entry[] {
  const can = useCan();
  const { theme, zone, language } = useDisplay();
  const pages = navigationPages
    .filter(({ operation }) => can(operation))
    .map(({ path, label, icon, key }) => ({
      ...{ id: `page:${path}`, group: t('app.search.pages'), label: t(label), icon, to: path },
      beside: key ? `g ${key}` : '',
      run: () => undefined,
    }));
  const lists = presetLists
    .filter(({ operation }) => can(operation))
    .map(({ path, label, icon }) => ({
      ...{ id: `list:${path}`, group: t('app.search.lists'), label: t(label), icon, to: path, beside: '' },
      run: () => undefined,
    }));
  const actions = [
    ...(can('createClient') ? [action('client', t('app.search.newClient'), '/clients/new', IconPlus)] : []),
    ...(can('createProfile') ? [action('profile', t('app.search.newProfile'), '/profiles/new', IconPlus)] : []),
    action('me', t('app.user.profile'), '/me'),
    { ...action('help', t('app.help.open'), null), run: onHelp, beside: '?' },
    ...[theme, zone, language].flatMap((choice) =>
      choice.options
        .filter(({ value }) => value !== choice.value)
        .map(({ value, label }) => ({
          ...action(`${choice.label}:${value}`, `${choice.label}: ${label}`, null),
          run: () => (choice.choose as (chosen: string) => void)(value),
        })),
    ),
  ];
  return [...pages, ...lists, ...actions];
}

function action(id: string, label: string, to: string | null, icon: Icon = IconSearch): Entry {
  return { id: `action:${id}`, group: t('app.search.actions'), label, icon, to, beside: '', run: palette.close };
}
