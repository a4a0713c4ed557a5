import '../../../i18n/late/companies';
import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Versioned } from '../../../api/client';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { PageHeader } from '../../../ui/PageHeader';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { DeleteCompany } from './DeleteCompany';
import { EntriesTab } from './EntriesTab';
import { GeneralTab } from './GeneralTab';
import { NotificationsTab } from './NotificationsTab';
import { companyQuery, sides, type Company } from './queries';
import { SideFacts } from './SideFacts';
import { SideForm } from './SideForm';

const tabs = ['general', ...sides, 'entries', 'notifications'] as const;
const operations = { entries: 'listCompanyEntries', notifications: 'listCompanyNotifications' } as const;

/** One company: its three balances with their thresholds, its ledger, and its notifications. */
export default function CompanyPage(): ReactNode {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(companyQuery(id));
  const back = { to: '/companies', label: t('app.nav.companies') };
  if (error && !data) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back}
        missing={t('companies.missing')}
        missingText={t('companies.missing.text', { id })}
        searchBy="q"
      />
    );
  }
  return (
    <>
      <PageHeader
        back={back}
        title={data ? data.value.name : t('common.loading')}
        actions={data && <DeleteCompany company={data.value} etag={data.etag} />}
      />
      {data ? <CompanyTabs company={data} /> : <Skeleton h={320} role="status" aria-label={t('common.loading')} />}
    </>
  );
}

function CompanyTabs({ company }: { readonly company: Versioned<Company> }): ReactNode {
  const [parameters, setParameters] = useSearchParams();
  // What a form begins with: the page reads the company again while the user types.
  const [edited, setEdited] = useState(company);
  const can = useCan();
  const shown = tabs.filter((name) => !(name in operations) || can(operations[name as keyof typeof operations]));
  const tab = shown.find((known) => known === parameters.get('tab')) ?? 'general';
  const { value } = company;
  const choose = (next: string | null): void => {
    setEdited(company);
    setParameters(next && next !== 'general' ? { tab: next } : {});
  };
  return (
    <Tabs value={tab} onChange={choose} keepMounted={false}>
      <ScrollTabsList mb="md">
        {shown.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`companies.tab.${name}`)}
          </Tabs.Tab>
        ))}
      </ScrollTabsList>
      <Tabs.Panel value="general">
        <GeneralTab key={edited.etag} company={edited.value} etag={edited.etag} onSaved={setEdited} />
      </Tabs.Panel>
      {sides.map((side) => (
        <Tabs.Panel key={side} value={side}>
          <Stack gap="md" maw={640}>
            <SideFacts company={value} side={side} />
            <SideForm key={edited.etag} company={edited.value} etag={edited.etag} side={side} onSaved={setEdited} />
          </Stack>
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="entries">
        <EntriesTab company={value} />
      </Tabs.Panel>
      <Tabs.Panel value="notifications">
        <NotificationsTab company={value} />
      </Tabs.Panel>
    </Tabs>
  );
}
