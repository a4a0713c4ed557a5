import {
  IconArrowsLeftRight,
  IconCash,
  IconChartBar,
  IconCreditCard,
  IconFileInvoice,
  IconLayoutDashboard,
  IconMail,
  IconSettings,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Key } from '../i18n/t';
import { CardPage } from './cards/CardPage';
import { AccountsPage } from './pages/AccountsPage';
import { ChargesPage } from './pages/ChargesPage';
import { InvoicePage } from './pages/InvoicePage';
import { InvoicesPage } from './pages/InvoicesPage';
import { NoticePage } from './pages/NoticePage';
import { NoticesPage } from './pages/NoticesPage';
import { OverviewPage } from './pages/OverviewPage';
import { PaymentsPage } from './pages/PaymentsPage';
import { SettingsPage } from './pages/SettingsPage';

interface PanelPage {
  readonly path: string;
  readonly component: ComponentType;
  /** its place in the navigation; absent: reached from other pages */
  readonly navigation?: {
    readonly label: Key;
    readonly icon: Icon;
    /** shown only to clients that may do this */
    readonly needs?: 'transfer' | 'payByCard';
  };
}

export const panelPages: readonly PanelPage[] = [
  { path: '/', component: OverviewPage, navigation: { label: 'panel.overview', icon: IconLayoutDashboard } },
  { path: '/notices', component: NoticesPage, navigation: { label: 'panel.notices', icon: IconMail } },
  { path: '/notices/:id', component: NoticePage },
  { path: '/payments', component: PaymentsPage, navigation: { label: 'panel.payments', icon: IconCash } },
  {
    path: '/card',
    component: CardPage,
    navigation: { label: 'panel.cards', icon: IconCreditCard, needs: 'payByCard' },
  },
  { path: '/charges', component: ChargesPage, navigation: { label: 'panel.charges', icon: IconChartBar } },
  { path: '/invoices', component: InvoicesPage, navigation: { label: 'panel.invoices', icon: IconFileInvoice } },
  { path: '/invoices/:id', component: InvoicePage },
  {
    path: '/accounts',
    component: AccountsPage,
    navigation: { label: 'panel.accounts', icon: IconArrowsLeftRight, needs: 'transfer' },
  },
  { path: '/settings', component: SettingsPage, navigation: { label: 'panel.settings', icon: IconSettings } },
];
