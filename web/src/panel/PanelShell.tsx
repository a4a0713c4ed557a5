import {
  ActionIcon,
  Alert,
  Button,
  Container,
  Group,
  Loader,
  Select,
  Stack,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconInfoCircle, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { isLanguage, languages, setLanguage, useLanguage } from '../i18n/language';
import { t } from '../i18n/t';
import { FailedState } from '../ui/FailedState';
import { toastFailure } from '../ui/toast';
import { panelPages } from './panel-pages';
import { SessionContext } from './session-context';
import { logOut, panelSessionQuery, type PanelSession } from './panel-session';

/** The frame of the pages behind the panel's login. */
export function PanelShell() {
  const { pathname } = useLocation();
  const { data: session, error, isPending, refetch } = useQuery(panelSessionQuery);
  if (isPending) return <Waiting />;
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!session) return <Navigate to={pathname === '/' ? '/login' : '/login?ended'} replace />;
  return (
    <SessionContext value={session}>
      <Container size="lg" py="md">
        <Stack gap="lg">
          <Head session={session} />
          <Navigation session={session} />
          <main>
            {session.client.status === 'stop' && (
              <Alert color="orange" variant="light" icon={<IconInfoCircle aria-hidden />} mb="md">
                {t('panel.stopped')}
              </Alert>
            )}
            <Outlet />
          </main>
        </Stack>
      </Container>
    </SessionContext>
  );
}

function Waiting(): ReactNode {
  return (
    <Group justify="center" p="xl" role="status" aria-label={t('common.loading')}>
      <Loader />
    </Group>
  );
}

function Head({ session }: { readonly session: PanelSession }): ReactNode {
  const queries = useQueryClient();
  const end = useMutation({ mutationFn: () => logOut(queries), onError: toastFailure });
  return (
    <Group component="header" justify="space-between" gap="sm">
      <Stack gap={0}>
        <Text fw={650} size="lg">
          {session.client.name}
        </Text>
        <Text size="sm" c="dimmed">
          {t('panel.of', { provider: session.provider })}
        </Text>
      </Stack>
      <Group gap="xs">
        <LanguageSelect />
        <SchemeToggle />
        <Button
          variant="default"
          leftSection={<IconLogout size={16} aria-hidden />}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          {t('panel.logOut')}
        </Button>
      </Group>
    </Group>
  );
}

/** Each in its language. */
const names = { en: 'English', uk: 'Українська' } as const;

function LanguageSelect(): ReactNode {
  const chosen = useLanguage();
  return (
    <Select
      aria-label={t('panel.language')}
      w={140}
      data={languages.map((value) => ({ value, label: names[value] }))}
      value={chosen === 'qps' ? 'en' : chosen}
      onChange={(value) => isLanguage(value) && setLanguage(value)}
      allowDeselect={false}
    />
  );
}

function SchemeToggle(): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const Shown = isDark ? IconSun : IconMoon;
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={t(isDark ? 'panel.light' : 'panel.dark')}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <Shown size={18} aria-hidden />
    </ActionIcon>
  );
}

function Navigation({ session }: { readonly session: PanelSession }): ReactNode {
  const { pathname } = useLocation();
  const shown = panelPages.flatMap(({ path, navigation }) =>
    navigation && (navigation.needs === undefined || session.may[navigation.needs]) ? [{ path, ...navigation }] : [],
  );
  return (
    <Group component="nav" gap={4} aria-label={t('panel.navigation')}>
      {shown.map(({ path, label, icon: PageIcon }) => {
        const isCurrent = path === '/' ? pathname === '/' : pathname.startsWith(path);
        return (
          <Button
            key={path}
            component={NavLink}
            to={path}
            end={path === '/'}
            variant={isCurrent ? 'light' : 'subtle'}
            leftSection={<PageIcon size={16} aria-hidden />}
          >
            {t(label)}
          </Button>
        );
      })}
    </Group>
  );
}
