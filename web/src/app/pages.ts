import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconArrowsLeftRight,
  IconBellExclamation,
  IconBellOff,
  IconBellRinging,
  IconBuildings,
  IconBuildingStore,
  IconCalendarEvent,
  IconCash,
  IconClockExclamation,
  IconClockPlay,
  IconCode,
  IconCoins,
  IconFileInvoice,
  IconHistory,
  IconLayoutDashboard,
  IconListCheck,
  IconMail,
  IconMailCog,
  IconMailX,
  IconPhoneCall,
  IconReceiptTax,
  IconReportMoney,
  IconSend,
  IconSettings,
  IconTemplate,
  IconTrendingDown,
  IconUserQuestion,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Key } from '../i18n/t';
import type { OperationId } from '../session/rights';

type Module = { readonly default: ComponentType };

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

/** Every page behind the login, in its own chunk: `web/src/pages/<area>/…/index.tsx` exports its component as default. */
export interface Page {
  readonly path: string;
  /** what the page needs: to a user who may not call it, the page does not exist; null: every user may */
  readonly operation: OperationId | null;
  readonly load: () => Promise<Module>;
  /** its place in the navigation; absent: reached from other pages */
  readonly navigation?: Pick<NavigationPage, 'label' | 'icon' | 'key'>;
}

export const pages: readonly Page[] = [
  {
    path: '/',
    operation: 'listClients',
    load: () => import('../pages/monitoring/overview'),
    navigation: { label: 'app.nav.overview', icon: IconLayoutDashboard, key: 'o' },
  },
  {
    path: '/clients',
    operation: 'listClients',
    load: () => import('../pages/clients'),
    navigation: { label: 'app.nav.clients', icon: IconUsers, key: 'c' },
  },
  { path: '/clients/new', operation: 'listClients', load: () => import('../pages/clients/form') },
  { path: '/clients/import', operation: 'uploadImport', load: () => import('../pages/clients/import') },
  { path: '/clients/import/:id', operation: 'readImport', load: () => import('../pages/clients/import') },
  { path: '/client-templates', operation: 'listClientTemplates', load: () => import('../pages/clients/templates') },
  {
    path: '/client-templates/new',
    operation: 'listClientTemplates',
    load: () => import('../pages/clients/templates/form'),
  },
  {
    path: '/client-templates/:id',
    operation: 'readClientTemplate',
    load: () => import('../pages/clients/templates/form'),
  },
  { path: '/clients/:id/edit', operation: 'readClient', load: () => import('../pages/clients/form') },
  { path: '/clients/:id', operation: 'readClient', load: () => import('../pages/clients/client') },
  {
    path: '/companies',
    operation: 'listCompanies',
    load: () => import('../pages/companies'),
    navigation: { label: 'app.nav.companies', icon: IconBuildings, key: 'k' },
  },
  { path: '/companies/:id', operation: 'readCompany', load: () => import('../pages/companies/company') },
  {
    path: '/resellers',
    operation: 'listResellers',
    load: () => import('../pages/resellers'),
    navigation: { label: 'app.nav.resellers', icon: IconBuildingStore, key: 'l' },
  },
  { path: '/resellers/new', operation: 'createReseller', load: () => import('../pages/resellers/reseller') },
  { path: '/resellers/:id', operation: 'readReseller', load: () => import('../pages/resellers/reseller') },
  {
    path: '/credit',
    operation: 'listTemporaryCredits',
    load: () => import('../pages/credit'),
    navigation: { label: 'app.nav.credit', icon: IconCoins, key: 'r' },
  },
  {
    path: '/payments',
    operation: 'listPayments',
    load: () => import('../pages/payments'),
    navigation: { label: 'app.nav.payments', icon: IconCash, key: 'y' },
  },
  {
    path: '/invoices',
    operation: 'listInvoices',
    load: () => import('../pages/invoicing'),
    navigation: { label: 'app.nav.invoices', icon: IconFileInvoice, key: 'i' },
  },
  {
    path: '/invoicing-runs',
    operation: 'listUpcomingInvoices',
    load: () => import('../pages/invoicing/runs'),
    navigation: { label: 'app.nav.invoicingRuns', icon: IconCalendarEvent, key: 'v' },
  },
  {
    path: '/reports',
    operation: 'readSummaryReport',
    load: () => import('../pages/reports'),
    navigation: { label: 'app.nav.reports', icon: IconReportMoney, key: 'm' },
  },
  {
    path: '/transfers',
    operation: 'listTransfers',
    load: () => import('../pages/accounts/transfers'),
    navigation: { label: 'app.nav.transfers', icon: IconArrowsLeftRight, key: 't' },
  },
  {
    path: '/notifications',
    operation: 'listNotifications',
    load: () => import('../pages/notifications'),
    navigation: { label: 'app.nav.notifications', icon: IconMail, key: 'n' },
  },
  { path: '/notifications/:id', operation: 'listNotifications', load: () => import('../pages/notifications') },
  {
    path: '/bounced-addresses',
    operation: 'listBouncedAddresses',
    load: () => import('../pages/notifications/bounces'),
  },
  {
    path: '/mail-templates',
    operation: 'listMailKinds',
    load: () => import('../pages/templates'),
    navigation: { label: 'app.nav.mailTemplates', icon: IconMailCog, key: 'h' },
  },
  { path: '/mail-templates/new', operation: 'createMailTemplate', load: () => import('../pages/templates/editor') },
  { path: '/mail-templates/:id', operation: 'readMailTemplate', load: () => import('../pages/templates/editor') },
  {
    path: '/events',
    operation: 'listEvents',
    load: () => import('../pages/events'),
    navigation: { label: 'app.nav.events', icon: IconBellExclamation, key: 'e' },
  },
  {
    path: '/silences',
    operation: 'listSilences',
    load: () => import('../pages/silences'),
    navigation: { label: 'app.nav.silences', icon: IconBellOff, key: 'q' },
  },
  {
    path: '/profiles',
    operation: 'listProfiles',
    load: () => import('../pages/profiles'),
    navigation: { label: 'app.nav.profiles', icon: IconBellRinging, key: 'p' },
  },
  { path: '/profiles/new', operation: 'listProfiles', load: () => import('../pages/profiles/form') },
  { path: '/profiles/:id', operation: 'readProfile', load: () => import('../pages/profiles/form') },
  {
    path: '/rates',
    operation: 'listExchangeRates',
    load: () => import('../pages/rates'),
    navigation: { label: 'app.nav.rates', icon: IconArrowsExchange, key: 'x' },
  },
  {
    path: '/rate-tables',
    operation: 'listRateTables',
    load: () => import('../pages/rates/tables'),
    navigation: { label: 'app.nav.rateTables', icon: IconPhoneCall, key: null },
  },
  {
    path: '/rate-notifications',
    operation: 'listRateNotifications',
    load: () => import('../pages/rates/notifications'),
    navigation: { label: 'app.nav.rateNotifications', icon: IconSend, key: null },
  },
  { path: '/rate-tables/:id', operation: 'readRateTable', load: () => import('../pages/rates/tables/table') },
  { path: '/rate-tables/:id/import', operation: 'uploadRateImport', load: () => import('../pages/rates/import') },
  {
    path: '/rate-imports/:importId',
    operation: 'readRateImport',
    load: () => import('../pages/rates/import'),
  },
  {
    path: '/billing',
    operation: 'listPaymentTerms',
    load: () => import('../pages/invoicing/setup'),
    navigation: { label: 'app.nav.billingSetup', icon: IconReceiptTax, key: 'b' },
  },
  {
    path: '/jobs',
    operation: 'listJobs',
    load: () => import('../pages/jobs'),
    navigation: { label: 'app.nav.jobs', icon: IconListCheck, key: 'j' },
  },
  {
    path: '/tasks',
    operation: 'listTasks',
    load: () => import('../pages/system/tasks'),
    navigation: { label: 'app.nav.tasks', icon: IconClockPlay, key: 'w' },
  },
  { path: '/jobs/:id', operation: 'readJob', load: () => import('../pages/jobs/job') },
  {
    path: '/audit',
    operation: 'listAudit',
    load: () => import('../pages/system/audit'),
    navigation: { label: 'app.nav.audit', icon: IconHistory, key: 'a' },
  },
  {
    path: '/developers',
    operation: 'listApiKeys',
    load: () => import('../pages/system/developers'),
    navigation: { label: 'app.nav.developers', icon: IconCode, key: 'd' },
  },
  {
    path: '/settings',
    operation: 'listUsers',
    load: () => import('../pages/system/settings'),
    navigation: { label: 'app.nav.settings', icon: IconSettings, key: 's' },
  },
  { path: '/me', operation: null, load: () => import('../pages/access/me') },
];

/** The left navigation, in the order of the pages. */
export const navigationPages: readonly NavigationPage[] = pages.flatMap(({ path, operation, navigation }) =>
  navigation && operation ? [{ path, operation, ...navigation }] : [],
);

/** Lists for daily use, a word away in the palette. */
export const presetLists: readonly Omit<NavigationPage, 'key'>[] = [
  listOfClients('state=low,critical,exhausted', 'app.list.low', IconAlertTriangle),
  listOfClients('headroomFrom=0&headroomTo=20', 'app.list.nearly', IconTrendingDown),
  listOfClients('mailFailing=true', 'app.list.mailFailing', IconMailX),
  listOfClients('recipientMissing=true', 'app.list.recipientMissing', IconUserQuestion),
  listOfClients('profileId=none', 'app.list.noProfile', IconBellOff),
  listOfClients('overdue=true', 'app.list.overdue', IconClockExclamation),
  {
    ...{ path: '/bounced-addresses', label: 'app.list.bounced', icon: IconMailX },
    operation: 'listBouncedAddresses',
  },
  {
    ...{ path: '/client-templates', label: 'app.list.clientTemplates', icon: IconTemplate },
    operation: 'listClientTemplates',
  },
];

function listOfClients(query: string, label: Key, icon: Icon): Omit<NavigationPage, 'key'> {
  return { path: `/clients?${query}`, label, icon, operation: 'listClients' };
}
