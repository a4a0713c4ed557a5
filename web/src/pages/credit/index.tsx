import { Drawer, Tabs } from '@mantine/core';
import { IconCalendarMonth, IconCoins, IconHistory, IconList, IconPlus, IconUserCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { GrantForm } from '../../form/grant/GrantForm';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { CalendarTab } from './CalendarTab';
import { GrantDetails } from './GrantDetails';
import { grantsList } from './grants-list';
import { historyList } from './history-list';
import { PendingCount } from './requests/PendingCount';
import { RequestDetails } from './requests/RequestDetails';
import { requestsList } from './requests/requests-list';
import { useCreditRefresh } from './use-credit-refresh';

const tabs = ['grants', 'requests', 'calendar', 'history'] as const;
const icons = { grants: IconList, requests: IconUserCheck, calendar: IconCalendarMonth, history: IconHistory };
const fresh = 'new';

/**
 * Temporary credits, requests for more, their ends, and changes of credit limits. `?grant=7` shows one, `?grant=new` grants
 * one, `?request=7` shows a request.
 */
export default function CreditPage() {
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const refresh = useCreditRefresh();
  const tab = tabs.find((known) => known === parameters.get('tab')) ?? 'grants';
  const shown = parameters.get('grant');
  const request = parameters.get('request');
  const choose = (next: string | null): void => setParameters(next && next !== 'grants' ? { tab: next } : {});
  const open = (name: 'grant' | 'request', id: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.delete('forClient');
      if (id === null) after.delete(name);
      else after.set(name, id);
      return after;
    });
  const show = (id: string): void => open('grant', id);
  const close = (): void => open('grant', null);
  const closeRequest = (): void => open('request', null);
  const grantButton = (variant: 'filled' | 'default'): ReactNode => (
    <ActionButton
      operation="grantTemporaryCredit"
      size="xs"
      variant={variant}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('credit.grant')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.credit')} lead={t('credit.lead')} actions={grantButton('filled')} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => {
            const TabIcon = icons[name];
            return (
              <Tabs.Tab
                key={name}
                value={name}
                leftSection={<TabIcon size={16} aria-hidden />}
                rightSection={name === 'requests' && <PendingCount />}
              >
                {t(`credit.tab.${name}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="grants">
          <List
            definition={grantsList}
            onOpen={({ id }) => show(id)}
            empty={{
              icon: IconCoins,
              title: t('credit.empty'),
              text: t('credit.emptyText'),
              action: grantButton('default'),
              docs: '/docs',
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="requests">
          <List
            definition={requestsList}
            onOpen={({ id }) => open('request', id)}
            empty={{ icon: IconUserCheck, title: t('credit.request.empty'), text: t('credit.request.emptyText') }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="calendar">
          <CalendarTab onOpen={show} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <List
            definition={historyList}
            onOpen={({ clientId, temporaryCreditId }) =>
              temporaryCreditId === null ? void navigate(`/clients/${clientId}?tab=credit`) : show(temporaryCreditId)
            }
            empty={{ icon: IconHistory, title: t('credit.history.empty'), text: t('credit.history.emptyText') }}
          />
        </Tabs.Panel>
      </Tabs>
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'credit.new' : 'credit.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <GrantForm clientId={parameters.get('forClient')} onSaved={refresh} onClose={close} />}
        {shown !== null && shown !== fresh && <GrantDetails key={shown} id={shown} onClose={close} />}
      </Drawer>
      <Drawer
        opened={request !== null}
        onClose={closeRequest}
        position="right"
        size="md"
        title={t('credit.request.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {request !== null && <RequestDetails key={request} id={request} onClose={closeRequest} />}
      </Drawer>
    </>
  );
}
