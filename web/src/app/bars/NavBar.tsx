import { Divider, NavLink, ScrollArea, Text } from '@mantine/core';
import { IconBook } from '@tabler/icons-react';
import { NavLink as RouterLink } from 'react-router';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { OpenEventsCount } from './OpenEventsCount';
import { StreamStatus } from './StreamStatus';
import { navigationPages } from '../pages';
import classes from './NavBar.module.css';

/** The pages that the user's rights reach. */
export function NavBar() {
  const can = useCan();
  return (
    <>
      <ScrollArea flex={1} p="xs" type="auto">
        {navigationPages
          .filter(({ operation }) => can(operation))
          .map(({ path, label, icon: PageIcon }) => (
            <NavLink
              key={path}
              className={classes['link']}
              // The link of the page that is shown carries aria-current.
              renderRoot={(props) => <RouterLink to={path} end={path === '/'} {...props} />}
              label={t(label)}
              leftSection={<PageIcon size={18} stroke={1.6} aria-hidden />}
              rightSection={path === '/events' ? <OpenEventsCount /> : undefined}
            />
          ))}
        <Divider my="xs" />
        <NavLink
          className={classes['link']}
          href="/docs"
          target="_blank"
          rel="noreferrer"
          label={t('app.nav.apiDocs')}
          leftSection={<IconBook size={18} stroke={1.6} aria-hidden />}
        />
      </ScrollArea>
      <Text component="div" size="xs" c="dimmed" px="md" py="xs">
        <StreamStatus />
      </Text>
    </>
  );
}
