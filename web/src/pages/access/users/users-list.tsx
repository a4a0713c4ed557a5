import { readList } from '../../../api/lists';
import { Text } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconMail, IconMailForward, IconShieldCheck } from '@tabler/icons-react';
import { membersOf, type User, type UserRole } from '../../../api/types';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import { invitationState } from './invitation-state';
import { ToneBadge } from '../../../ui/badges/ToneBadge';

export const userRoles = membersOf<UserRole>({
  viewer: true,
  operator: true,
  reseller_manager: true,
  credit_controller: true,
  integrator: true,
  sre: true,
  admin: true,
});

export const usersList: ListDefinition<User> = {
  kind: 'users',
  name: 'users',
  title: 'settings.tab.users',
  load: (query, signal) => readList('/v1/users', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'name', placeholder: 'settings.users.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'email', label: 'common.email', sort: 'email', render: ({ email }) => email },
    { id: 'role', label: 'settings.users.role', render: ({ role }) => t(`session.role.${role}`) },
    {
      id: 'login',
      label: 'settings.users.login',
      exportedAs: ['status', 'canLogIn', 'secondFactor'],
      render: (user) => <LoginBadge user={user} />,
    },
    { id: 'maximum', label: 'settings.users.maximum', exported: false, align: 'right', render: maximumCell },
    {
      id: 'reseller',
      label: 'settings.users.reseller',
      minWindow: 1640,
      exportedAs: ['resellerName'],
      render: ({ resellerName }) => resellerName,
    },
    {
      id: 'lastLoginAt',
      label: 'settings.users.lastLogin',
      sort: 'lastLoginAt',
      render: ({ lastLoginAt }) => <Time at={lastLoginAt} show="relative" />,
    },
    {
      id: 'profiles',
      label: 'settings.users.profiles',
      align: 'right',
      minWindow: 1640,
      render: ({ profiles }) => profiles,
    },
    {
      id: 'createdAt',
      label: 'settings.users.created',
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'settings.users.role',
      parameter: 'role',
      multiple: true,
      options: () => userRoles.map((value) => ({ value, label: t(`session.role.${value}`) })),
    },
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      options: () => (['active', 'disabled'] as const).map((value) => ({ value, label: t(`settings.user.${value}`) })),
    },
    { kind: 'text', label: 'common.email', parameter: 'email' },
  ],
};

/** Whether the user can log in, or is only a recipient. */
function LoginBadge({ user }: { readonly user: User }) {
  if (user.status === 'disabled') {
    return (
      <ToneBadge tone="gray" icon={IconCircleOff}>
        {t('settings.user.disabled')}
      </ToneBadge>
    );
  }
  if (user.canLogIn) {
    return (
      <ToneBadge tone="green" icon={user.secondFactor ? IconShieldCheck : IconCircleCheck}>
        {t(user.secondFactor ? 'settings.user.twoSteps' : 'settings.user.canLogIn')}
      </ToneBadge>
    );
  }
  const invitation = invitationState(user.invitation);
  if (invitation !== null) {
    return (
      <ToneBadge tone={invitation === 'invited' ? 'blue' : 'amber'} icon={IconMailForward}>
        {t(`settings.user.${invitation}`)}
      </ToneBadge>
    );
  }
  return (
    <ToneBadge tone="gray" icon={IconMail}>
      {t('settings.user.recipient')}
    </ToneBadge>
  );
}

function maximumCell({ maximumIncrease: { amount, percent, days } }: User) {
  if (!amount && percent === null && days === null) {
    return (
      <Text c="dimmed" size="sm">
        {t('settings.users.noMaximum')}
      </Text>
    );
  }
  return (
    <>
      {amount && <Money value={amount} />}
      {amount && (percent !== null || days !== null) && ' · '}
      {[percent === null ? null : `${percent}%`, days === null ? null : t('settings.users.days', { n: days })]
        .filter(Boolean)
        .join(' · ')}
    </>
  );
}
