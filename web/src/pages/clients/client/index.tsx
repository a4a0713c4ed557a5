import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Versioned } from '../../../api/client';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { ClientHead } from './head/ClientHead';
import type { Dialog } from './dialogs/ClientDialogs';
import { OverviewTab } from './tabs/OverviewTab';
import { clientQuery, type Client } from './queries';
import { useClientCommands } from './use-client-commands';

// The first tab is there with the page; the others, and the dialogs, come when they are opened.
const AccountsTab = lazy(async () => ({ default: (await import('./tabs/AccountsTab')).AccountsTab }));
const AuditTab = lazy(async () => ({ default: (await import('./tabs/AuditTab')).AuditTab }));
const ClientDialogs = lazy(async () => ({ default: (await import('./dialogs/ClientDialogs')).ClientDialogs }));
const AutoPaymentTab = lazy(async () => ({ default: (await import('./cards/AutoPaymentTab')).AutoPaymentTab }));
const CreditTab = lazy(async () => ({ default: (await import('./tabs/CreditTab')).CreditTab }));
const InvoicesTab = lazy(async () => ({ default: (await import('./tabs/InvoicesTab')).InvoicesTab }));
const LedgerTab = lazy(async () => ({ default: (await import('./tabs/LedgerTab')).LedgerTab }));
const NotificationsTab = lazy(async () => ({ default: (await import('./tabs/NotificationsTab')).NotificationsTab }));
const RateNotifications = lazy(async () => ({
  default: (await import('../../../list/rate-notifications/RateNotifications')).RateNotifications,
}));
const ReportTab = lazy(async () => ({ default: (await import('./tabs/ReportTab')).ReportTab }));
const SettingsTab = lazy(async () => ({ default: (await import('./tabs/SettingsTab')).SettingsTab }));

const tabs = [
  { name: 'overview', operation: 'readClient' },
  { name: 'credit', operation: 'readCreditLimit' },
  { name: 'ledger', operation: 'listEntries' },
  { name: 'autopay', operation: 'readAutoPayment' },
  { name: 'invoices', operation: 'listInvoices' },
  { name: 'report', operation: 'readBalanceReport' },
  { name: 'accounts', operation: 'listAccounts' },
  { name: 'notifications', operation: 'listNotifications' },
  { name: 'rateNotifications', operation: 'listRateSubscriptions' },
  { name: 'audit', operation: 'listAudit' },
  { name: 'settings', operation: 'readClient' },
] as const;

/** One client: its state, why it was or was not notified, its credit, its ledger. */
export default function ClientPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(clientQuery(id));
  const back = { to: '/clients', label: t('app.nav.clients') };
  if (data) return <Loaded key={id} read={data} />;
  if (error) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back}
        missing={t('client.missing')}
        missingText={t('client.missing.text', { id })}
        searchBy="q"
        searchWith={{ status: 'all' }}
      />
    );
  }
  return (
    <Stack gap="md" aria-busy aria-label={t('common.loading')}>
      <Skeleton h={64} />
      <Skeleton h={36} />
      <Skeleton h={320} />
    </Stack>
  );
}

function Loaded({ read }: { readonly read: Versioned<Client> }) {
  const { value: client, etag } = read;
  const [parameters, setParameters] = useSearchParams();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  // Once loaded, the dialogs stay, so that one that closes gives the focus back.
  const [hasDialogs, setHasDialogs] = useState(false);
  if (dialog !== null && !hasDialogs) setHasDialogs(true);
  const can = useCan();
  useClientCommands(client, setDialog);
  const shown = tabs.filter(({ operation }) => can(operation));
  const tab = shown.find(({ name }) => name === parameters.get('tab'))?.name ?? 'overview';
  // Filters of one tab's list mean nothing on another.
  const choose = (next: string | null): void => setParameters(next && next !== 'overview' ? { tab: next } : {});
  return (
    <>
      <ClientHead client={client} onDialog={setDialog} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <ScrollTabsList>
          {shown.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`client.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </ScrollTabsList>
        <Tabs.Panel value="overview">
          <OverviewTab client={client} onDialog={setDialog} />
        </Tabs.Panel>
        <Suspense fallback={<Skeleton h={320} mt="md" />}>
          <Tabs.Panel value="credit">
            <CreditTab client={client} onDialog={setDialog} />
          </Tabs.Panel>
          <Tabs.Panel value="ledger">
            <LedgerTab client={client} onDialog={setDialog} />
          </Tabs.Panel>
          <Tabs.Panel value="autopay">
            <AutoPaymentTab client={client} />
          </Tabs.Panel>
          <Tabs.Panel value="invoices">
            <InvoicesTab client={client} onDialog={setDialog} />
          </Tabs.Panel>
          <Tabs.Panel value="report">
            <ReportTab client={client} />
          </Tabs.Panel>
          <Tabs.Panel value="accounts">
            <AccountsTab client={client} />
          </Tabs.Panel>
          <Tabs.Panel value="notifications">
            <NotificationsTab client={client} />
          </Tabs.Panel>
          <Tabs.Panel value="rateNotifications">
            <RateNotifications of={{ clientId: client.id }} />
          </Tabs.Panel>
          <Tabs.Panel value="audit">
            <AuditTab client={client} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">
            <SettingsTab client={client} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
      {hasDialogs && (
        <Suspense fallback={null}>
          <ClientDialogs client={client} etag={etag} dialog={dialog} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  );
}
