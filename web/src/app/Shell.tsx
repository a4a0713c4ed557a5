import { AppShell, Box } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useStreamConnection } from '../api/stream';
import { t } from '../i18n/t';
import { Guard } from '../session/Guard';
import { FailedState } from '../ui/FailedState';
import { installShortcuts } from '../ui/shortcuts';
import { Banners } from './bars/Banners';
import { NavBar } from './bars/NavBar';
import { Palette } from './palette/Palette';
import { ShortcutHelp } from './ShortcutHelp';
import { RunningJobs } from './bars/RunningJobs';
import { Splash } from './Splash';
import { TopBar } from './bars/TopBar';
import { useNavigationShortcuts } from './use-navigation-shortcuts';
import { useProfileSettings } from './use-profile-settings';
import { useTitleAndFocus } from './use-title-and-focus';

/** Everything behind the login: navigation, top bar, banners, and the page. */
export function Shell() {
  return (
    <Guard
      pending={<Splash />}
      failed={(error, retry) => (
        <Box p="xl" maw={640} mx="auto">
          <FailedState error={error} onRetry={retry} />
        </Box>
      )}
    >
      <Frame />
    </Guard>
  );
}

function Frame() {
  const [navOpen, nav] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
  const { pathname } = useLocation();
  const isMoving = useNavigation().state !== 'idle';
  useStreamConnection(useQueryClient(), true);
  useProfileSettings();
  useTitleAndFocus();
  useNavigationShortcuts(help.open);
  useEffect(() => installShortcuts(), []);
  const closeNav = nav.close;
  useEffect(() => closeNav(), [pathname, closeNav]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !navOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <AppShell.Header>
        <TopBar navOpen={navOpen} onToggleNav={nav.toggle} onHelp={help.open} isMoving={isMoving} />
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('app.nav.label')}>
        <NavBar />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }} aria-busy={isMoving}>
        <Banners />
        <RunningJobs />
        <Outlet />
      </AppShell.Main>
      <Palette onHelp={help.open} />
      <ShortcutHelp opened={helpOpen} onClose={help.close} />
    </AppShell>
  );
}
