import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { isApiError } from '../../api/problems';
import type { Versioned } from '../../api/client';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { PageHeader } from '../../ui/PageHeader';
import { AuditTab } from './tabs/AuditTab';
import classes from './client.module.css';
import { ClientHead } from './ClientHead';
import { CreditTab } from './tabs/CreditTab';
import { ClientDialogs, type Dialog } from './dialogs/ClientDialogs';
import { NotificationsTab } from './tabs/NotificationsTab';
import { LedgerTab } from './tabs/LedgerTab';
import { OverviewTab } from './tabs/OverviewTab';
import { clientQuery, type Client } from './queries';
import { SettingsTab } from './tabs/SettingsTab';

const tabs = [
  { name: 'overview', operation: 'readClient' },
  { name: 'credit', operation: 'readCreditLimit' },
  { name: 'ledger', operation: 'listEntries' },
  { name: 'notifications', operation: 'listNotifications' },
  { name: 'audit', operation: 'listAudit' },
  { name: 'settings', operation: 'readClient' },
] as const;

/** One client: how it stands, why it was or was not mailed, its credit, its money. */
export default function ClientPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(clientQuery(id));
  const back = { to: '/clients', label: t('app.nav.clients') };
  if (data) return <Loaded key={id} read={data} />;
  if (isApiError(error) && error.status === 404) {
    return (
      <>
        <PageHeader title={t('app.nav.clients')} back={back} />
        <EmptyState title={t('client.missing')} text={t('client.missing.text', { id })} />
      </>
    );
  }
  if (error) {
    return (
      <>
        <PageHeader title={t('app.nav.clients')} back={back} />
        <FailedState error={error} onRetry={() => void refetch()} />
      </>
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
  const can = useCan();
  const shown = tabs.filter(({ operation }) => can(operation));
  const tab = shown.find(({ name }) => name === parameters.get('tab'))?.name ?? 'overview';
  // Filters of one tab's list mean nothing on another.
  const choose = (next: string | null): void => setParameters(next && next !== 'overview' ? { tab: next } : {});
  return (
    <>
      <ClientHead client={client} onDialog={setDialog} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md" className={classes['tabs']}>
          {shown.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`client.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab client={client} onDialog={setDialog} />
        </Tabs.Panel>
        <Tabs.Panel value="credit">
          <CreditTab client={client} onDialog={setDialog} />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LedgerTab client={client} onDialog={setDialog} />
        </Tabs.Panel>
        <Tabs.Panel value="notifications">
          <NotificationsTab client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditTab client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsTab client={client} />
        </Tabs.Panel>
      </Tabs>
      <ClientDialogs client={client} etag={etag} dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}
