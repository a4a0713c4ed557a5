import { Button } from '@mantine/core';
import { IconBellRinging, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ProfileMenu } from '../../form/ProfileMenu';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { useCan } from '../../session/rights';
import { PageHeader } from '../../ui/PageHeader';
import { profilesList } from './profiles-list';

/** Low balance profiles, as the manual lays them out. */
export default function ProfilesPage() {
  return (
    <>
      <PageHeader title={t('app.nav.profiles')} lead={t('profiles.lead')} />
      <List
        definition={profilesList}
        hrefOf={({ id }) => `/profiles/${id}`}
        rowActions={(profile) => <ProfileMenu profile={profile} />}
        actions={<NewProfile />}
        empty={{
          icon: IconBellRinging,
          title: t('profiles.empty'),
          text: t('profiles.emptyText'),
          action: <NewProfile />,
          docs: '/docs',
        }}
      />
    </>
  );
}

function NewProfile() {
  const icon = <IconPlus size={16} aria-hidden />;
  if (!useCan()('createProfile')) {
    return (
      <ActionButton operation="createProfile" size="xs" leftSection={icon}>
        {t('profiles.new')}
      </ActionButton>
    );
  }
  return (
    <Button component={Link} to="/profiles/new" size="xs" leftSection={icon}>
      {t('profiles.new')}
    </Button>
  );
}
