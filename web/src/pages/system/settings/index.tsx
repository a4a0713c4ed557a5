import '../../../i18n/late/settings';
import { Tabs } from '@mantine/core';
import { IconAdjustments, IconBuilding, IconHeartbeat, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { PageHeader } from '../../../ui/PageHeader';
import { ConfigurationTab } from './ConfigurationTab';
import { InstallationTab } from './InstallationTab';
import { LoginTab } from '../../access/users/LoginTab';
import { SystemTab } from './SystemTab';
import { UsersTab } from '../../access/users/UsersTab';

const tabs = ['users', 'login', 'installation', 'system', 'configuration'] as const;
const icons = {
  users: IconUsers,
  login: IconShieldCheck,
  installation: IconBuilding,
  system: IconHeartbeat,
  configuration: IconAdjustments,
};

/** Who works here, how the parts are, what is set. */
export default function SettingsPage() {
  const [parameters, setParameters] = useSearchParams();
  const tab = tabs.find((known) => known === parameters.get('tab')) ?? 'users';
  // Filters of the list of users mean nothing on another tab.
  const choose = (next: string | null): void => setParameters(next && next !== 'users' ? { tab: next } : {});
  return (
    <>
      <PageHeader title={t('app.nav.settings')} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => {
            const TabIcon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<TabIcon size={16} aria-hidden />}>
                {t(`settings.tab.${name}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="users">
          <UsersTab />
        </Tabs.Panel>
        <Tabs.Panel value="login">
          <LoginTab />
        </Tabs.Panel>
        <Tabs.Panel value="installation">
          <InstallationTab />
        </Tabs.Panel>
        <Tabs.Panel value="system">
          <SystemTab />
        </Tabs.Panel>
        <Tabs.Panel value="configuration">
          <ConfigurationTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
