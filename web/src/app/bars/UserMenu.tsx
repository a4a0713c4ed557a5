import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconHelp, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { t } from '../../i18n/t';
import { logOut, useMe } from '../../session/session';
import { toastFailure } from '../../ui/toast';
import { DisplayItems } from './DisplayMenu';

/** Who is logged in, the own profile, logging out. */
export function UserMenu({ onHelp }: { readonly onHelp: () => void }) {
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = (): void => {
    logOut(queries).then((address) => (address === null ? navigate('/login') : location.assign(address)), toastFailure);
  };
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          radius="xl"
          aria-label={t('app.user.menu', { name: me.name })}
        >
          <IconUserCircle size={24} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)">
            {me.name}
          </Text>
          <Text size="xs">{me.email}</Text>
          <Text size="xs">
            {me.role ? t(`session.role.${me.role}`) : ''} · {me.resellerName}
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconUser size={16} aria-hidden />}>
          {t('app.user.profile')}
        </Menu.Item>
        <NarrowItems onHelp={onHelp} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
          {t('app.user.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What has no room in the top bar of a narrow screen. */
function NarrowItems({ onHelp }: { readonly onHelp: () => void }) {
  if (!useMediaQuery('(max-width: 47.99em)')) return null;
  return (
    <>
      <Menu.Item leftSection={<IconHelp size={16} aria-hidden />} onClick={onHelp}>
        {t('app.help.open')}
      </Menu.Item>
      <Menu.Divider />
      <DisplayItems />
    </>
  );
}
