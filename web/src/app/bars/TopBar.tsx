import { ActionIcon, Burger, Group, Progress, Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconFlask, IconHelp, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { metaQuery } from '../../session/meta';
import { KeyHint } from '../../ui/KeyHint';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { DisplayMenu } from './DisplayMenu';
import { palette } from '../palette/palette-store';
import { UserMenu } from './UserMenu';
import classes from './TopBar.module.css';

interface TopBarProps {
  readonly navOpen: boolean;
  readonly onToggleNav: () => void;
  readonly onHelp: () => void;
  /** a page is being fetched */
  readonly isMoving: boolean;
}

export function TopBar({ navOpen, onToggleNav, onHelp, isMoving }: TopBarProps) {
  const { data: meta } = useQuery(metaQuery);
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap">
      <Burger
        opened={navOpen}
        onClick={onToggleNav}
        hiddenFrom="sm"
        size="sm"
        aria-label={t(navOpen ? 'app.nav.close' : 'app.nav.open')}
        aria-expanded={navOpen}
      />
      <Link to="/" className={classes['brand']}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <Text fw={650} visibleFrom="xs">
          Lowwater
        </Text>
        <VisuallyHidden>{t('app.home')}</VisuallyHidden>
      </Link>
      {meta?.demo && (
        <Tooltip label={t('app.demo.tip')}>
          <Group tabIndex={0} visibleFrom="xs">
            <ToneBadge tone="violet" icon={IconFlask}>
              {t('app.demo.badge')}
            </ToneBadge>
          </Group>
        </Tooltip>
      )}
      <UnstyledButton className={classes['search']} onClick={palette.open} aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden />
        <Text size="sm" truncate flex={1}>
          {t('app.search.open')}
        </Text>
        <Group gap={0} visibleFrom="md" aria-hidden>
          <KeyHint keys={isMac ? '⌘+K' : 'Ctrl+K'} />
        </Group>
      </UnstyledButton>
      <Group gap={4} wrap="nowrap" ml="auto">
        <Group gap={4} wrap="nowrap" visibleFrom="sm">
          <DisplayMenu />
          <Tooltip label={t('app.help.open')}>
            <ActionIcon variant="subtle" color="gray" size="lg" onClick={onHelp} aria-label={t('app.help.open')}>
              <IconHelp size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        <UserMenu onHelp={onHelp} />
      </Group>
      {isMoving && (
        <Progress
          className={classes['progress']}
          value={100}
          animated
          size={2}
          radius={0}
          aria-label={t('common.loading')}
        />
      )}
    </Group>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
