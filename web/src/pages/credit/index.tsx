import { Drawer, Tabs } from '@mantine/core';
import { IconCalendarMonth, IconCoins, IconHistory, IconList, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { CalendarTab } from './CalendarTab';
import { GrantDetails } from './GrantDetails';
import { grantsList } from './grants-list';
import { historyList } from './history-list';
import { NewGrant } from './NewGrant';

const tabs = ['grants', 'calendar', 'history'] as const;
const icons = { grants: IconList, calendar: IconCalendarMonth, history: IconHistory };
const fresh = 'new';

/** What is lent for a while, when it ends, and how limits have changed. `?grant=7` shows one, `?grant=new` lends. */
export default function CreditPage() {
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const tab = tabs.find((known) => known === parameters.get('tab')) ?? 'grants';
  const shown = parameters.get('grant');
  const choose = (next: string | null): void => setParameters(next && next !== 'grants' ? { tab: next } : {});
  const show = (id: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.delete('forClient');
      if (id === null) after.delete('grant');
      else after.set('grant', id);
      return after;
    });
  const close = (): void => show(null);
  const grant = (
    <ActionButton
      operation="grantTemporaryCredit"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('credit.grant')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.credit')} lead={t('credit.lead')} actions={grant} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => {
            const TabIcon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<TabIcon size={16} aria-hidden />}>
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
              action: grant,
              docs: '/docs',
            }}
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
        {shown === fresh && <NewGrant clientId={parameters.get('forClient') ?? ''} onClose={close} />}
        {shown !== null && shown !== fresh && <GrantDetails key={shown} id={shown} onClose={close} />}
      </Drawer>
    </>
  );
}
