import '../../../i18n/late/companies';
import { Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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
import { SideTab } from './SideTab';

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
  const can = useCan();
  const shown = tabs.filter((name) => !(name in operations) || can(operations[name as keyof typeof operations]));
  const tab = shown.find((known) => known === parameters.get('tab')) ?? 'general';
  const { value, etag } = company;
  return (
    <Tabs
      value={tab}
      onChange={(next) => setParameters(next && next !== 'general' ? { tab: next } : {})}
      keepMounted={false}
    >
      <ScrollTabsList mb="md">
        {shown.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`companies.tab.${name}`)}
          </Tabs.Tab>
        ))}
      </ScrollTabsList>
      <Tabs.Panel value="general">
        <GeneralTab key={etag} company={value} etag={etag} />
      </Tabs.Panel>
      {sides.map((side) => (
        <Tabs.Panel key={side} value={side}>
          <SideTab key={etag} company={value} etag={etag} side={side} />
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
