import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBellOff,
  IconBellRinging,
  IconClockExclamation,
  IconCode,
  IconCoins,
  IconHistory,
  IconLayoutDashboard,
  IconMail,
  IconMailX,
  IconSettings,
  IconTrendingDown,
  IconUserQuestion,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Key } from '../i18n/t';
import type { OperationId } from '../session/rights';

/** A page of the left navigation; the palette and the go keys know the same. */
export interface NavigationPage {
  readonly path: string;
  readonly label: Key;
  readonly icon: Icon;
  /** who may not call it does not see the page */
  readonly operation: OperationId;
  /** `g` and this */
  readonly key: string | null;
}

export const navigationPages: readonly NavigationPage[] = [
  { path: '/', label: 'app.nav.overview', icon: IconLayoutDashboard, operation: 'listClients', key: 'o' },
  { path: '/clients', label: 'app.nav.clients', icon: IconUsers, operation: 'listClients', key: 'c' },
  { path: '/credit', label: 'app.nav.credit', icon: IconCoins, operation: 'listTemporaryCredits', key: 'r' },
  { path: '/notifications', label: 'app.nav.notifications', icon: IconMail, operation: 'listNotifications', key: 'n' },
  { path: '/profiles', label: 'app.nav.profiles', icon: IconBellRinging, operation: 'listProfiles', key: 'p' },
  { path: '/rates', label: 'app.nav.rates', icon: IconArrowsExchange, operation: 'listExchangeRates', key: 'x' },
  { path: '/audit', label: 'app.nav.audit', icon: IconHistory, operation: 'listAudit', key: 'a' },
  { path: '/developers', label: 'app.nav.developers', icon: IconCode, operation: 'listApiKeys', key: 'd' },
  { path: '/settings', label: 'app.nav.settings', icon: IconSettings, operation: 'listUsers', key: 's' },
];

/** Lists that somebody looks through every day, a word away in the palette. */
export const presetLists: readonly Omit<NavigationPage, 'key'>[] = [
  listOfClients('state=low,critical,exhausted', 'app.list.low', IconAlertTriangle),
  listOfClients('withinPercent=20', 'app.list.nearly', IconTrendingDown),
  listOfClients('mailFailing=true', 'app.list.mailFailing', IconMailX),
  listOfClients('recipientMissing=true', 'app.list.recipientMissing', IconUserQuestion),
  listOfClients('profileId=none', 'app.list.noProfile', IconBellOff),
  listOfClients('overdue=true', 'app.list.overdue', IconClockExclamation),
];

function listOfClients(query: string, label: Key, icon: Icon): Omit<NavigationPage, 'key'> {
  return { path: `/clients?${query}`, label, icon, operation: 'listClients' };
}
