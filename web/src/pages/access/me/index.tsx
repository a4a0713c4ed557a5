import { SimpleGrid, Stack } from '@mantine/core';
import { t } from '../../../i18n/t';
import { useMe } from '../../../session/session';
import { PageHeader } from '../../../ui/PageHeader';
import { Limits } from './Limits';
import { PasswordForm } from './PasswordForm';
import { PersonalForm } from './PersonalForm';
import { SecondFactorPanel } from './second-factor';
import { Sessions } from './Sessions';

/** The own profile: who I am, how the page is for me, my password, where I am logged in. */
export default function MePage() {
  const me = useMe();
  const role = me.role ? t(`session.role.${me.role}`) : t('common.none');
  return (
    <>
      <PageHeader
        title={t('me.title')}
        lead={t('me.lead', { email: me.email ?? '', role, reseller: me.resellerName })}
      />
      <Stack gap="lg" maw={1040}>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <PersonalForm />
          <Stack gap="lg">
            <PasswordForm email={me.email ?? ''} />
            <SecondFactorPanel />
            <Limits maximum={me.maximumIncrease} creditLimit={me.maximumCreditLimit} />
          </Stack>
        </SimpleGrid>
        <Sessions />
      </Stack>
    </>
  );
}
