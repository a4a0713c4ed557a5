import { IconBolt, IconLogout, IconPlus, IconSearch, type Icon } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { logOut } from '../../session/session';
import { useOfferedCommands } from '../../ui/page/commands';
import { toastFailure } from '../../ui/toast';
import { navigationPages, presetLists } from '../pages';
import { useDisplay } from '../use-display';
import { clientCommands, type Entry } from './palette-entries';

interface OwnEntriesProps {
  readonly onHelp: () => void;
  /** begins a command, whose client is typed next */
  readonly onType: (text: string) => void;
}

/** What the page itself knows: what can be done with what is open, where one can go, and what one can do anywhere. */
export function useOwnEntries({ onHelp, onType }: OwnEntriesProps): Entry[] {
  const can = useCan();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { theme, zone, language } = useDisplay();
  const ofOpen = useOfferedCommands().flatMap(({ subject, commands }) =>
    commands.map(({ id, label, icon, run }): Entry => {
      return { id: `open:${subject}:${id}`, group: subject, label, icon, to: null, beside: '', run };
    }),
  );
  const pages = navigationPages
    .filter(({ operation }) => can(operation))
    .map(({ path, label, icon, key }) => ({
      ...{ id: `page:${path}`, group: t('app.search.pages'), label: t(label), icon, to: path },
      beside: key ? `g ${key}` : '',
      run: nothing,
    }));
  const lists = presetLists
    .filter(({ operation }) => can(operation))
    .map(({ path, label, icon }) => ({
      ...{ id: `list:${path}`, group: t('app.search.lists'), label: t(label), icon, to: path, beside: '' },
      run: nothing,
    }));
  const ofAnyClient = clientCommands
    .filter(({ operation }) => can(operation))
    .map(({ id, icon }) => {
      const label = t(`app.command.any.${id}`);
      const begin = (): void => onType(`${label.replace('…', '')} `);
      return { ...action(`any:${id}`, label, null, icon), run: begin, staysOpen: true, beside: t('app.command.hint') };
    });
  const actions = [
    ...ofAnyClient,
    ...(can('createClient') ? [action('client', t('app.search.newClient'), '/clients/new', IconPlus)] : []),
    ...(can('createProfile') ? [action('profile', t('app.search.newProfile'), '/profiles/new', IconPlus)] : []),
    action('me', t('app.user.profile'), '/me'),
    { ...action('help', t('app.help.open'), null), run: onHelp, beside: '?' },
    ...[theme, zone, language].flatMap((choice) =>
      choice.options
        .filter(({ value }) => value !== choice.value)
        .map(({ value, label }) => ({
          ...action(`${choice.label}:${value}`, `${choice.label}: ${label}`, null, IconBolt),
          run: () => (choice.choose as (chosen: string) => void)(value),
        })),
    ),
    {
      ...action('logOut', t('app.user.logOut'), null, IconLogout),
      run: () => void logOut(queries).then(() => navigate('/login'), toastFailure),
    },
  ];
  return [...ofOpen, ...pages, ...lists, ...actions];
}

const nothing = (): void => undefined;

function action(id: string, label: string, to: string | null, icon: Icon = IconSearch): Entry {
  return { id: `action:${id}`, group: t('app.search.actions'), label, icon, to, beside: '', run: nothing };
}
