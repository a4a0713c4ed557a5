import { Button, Tabs } from '@mantine/core';
import { IconCalendarEvent, IconListCheck } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useCan } from '../../../session/rights';
import { PageHeader } from '../../../ui/PageHeader';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { runsList, upcomingList } from './lists';

const tabs = ['upcoming', 'runs'] as const;
const icons = { upcoming: IconCalendarEvent, runs: IconListCheck };
/** The jobs that issue invoices. */
const kinds = 'autoinvoicing,invoice_now';

/** Which clients are invoiced next without being asked for, and the jobs that did it. */
export default function InvoicingRunsPage() {
  const [parameters, setParameters] = useSearchParams();
  const can = useCan();
  const shown = tabs.filter((tab) => tab === 'upcoming' || can('listJobs'));
  const tab = shown.find((known) => known === parameters.get('tab')) ?? 'upcoming';
  const choose = (next: string | null): void => setParameters(next === 'runs' ? { tab: next } : {});
  return (
    <>
      <PageHeader
        title={t('invoices.runs')}
        lead={t('invoices.runs.lead')}
        actions={
          can('createInvoice') && (
            <Button component={Link} to="/clients" variant="default">
              {t('invoices.runs.select')}
            </Button>
          )
        }
      />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <ScrollTabsList mb="md">
          {shown.map((name) => {
            const TabIcon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<TabIcon size={16} aria-hidden />}>
                {t(`invoices.runs.tab.${name}`)}
              </Tabs.Tab>
            );
          })}
        </ScrollTabsList>
        <Tabs.Panel value="upcoming">
          <List
            definition={upcomingList}
            hrefOf={({ id }) => `/clients/${id}?tab=invoices`}
            empty={{
              icon: icons.upcoming,
              title: t('invoices.runs.noneUpcoming'),
              text: t('invoices.runs.noneUpcoming.text'),
              docs: '/docs#tag/invoices',
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <List
            definition={runsList}
            prefix="r."
            fixed={{ kind: kinds }}
            hrefOf={({ id }) => `/jobs/${id}`}
            empty={{
              icon: icons.runs,
              title: t('invoices.runs.none'),
              text: t('invoices.runs.none.text'),
              docs: '/docs#tag/jobs',
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
