import { SimpleGrid } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCoins,
  IconEye,
  IconFlame,
  IconHeartBroken,
  IconMailExclamation,
  IconMailOff,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { useNow } from '../../../ui/text/clock';
import { durationText } from '../../../ui/text/duration-text';
import { stateText } from '../../../ui/badges/StateBadge';
import { Tile } from '../../../ui/Tile';
import type { Tone } from '../../../ui/badges/ToneBadge';
import { countedFilter } from './counted-filter';
import type { Summary } from './queries';

const lately = 'kind=all&from=-24h';
const byState = (state: string): string => `/clients?${countedFilter}&state=${state}`;

/** What the morning asks first; each number leads to what it counts. */
export function Tiles({ summary }: { readonly summary: Summary }): ReactNode {
  const can = useCan();
  const { clients } = summary;
  const count = (value: number): string => numberFormat(intlLocale()).format(value);
  const toned = (value: number, tone: Tone): { tone?: Tone } => (value > 0 ? { tone } : {});
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, xl: 8 }} spacing="xs" verticalSpacing="xs">
      <Tile
        label={t('overview.tile.monitored')}
        icon={IconEye}
        value={count(summary.monitored)}
        hint={t('overview.tile.monitored.hint', { ok: clients.ok })}
        to={`/clients?${countedFilter}`}
      />
      <Tile
        label={stateText('low')}
        icon={IconAlertTriangle}
        value={count(clients.low)}
        hint={t('overview.tile.low.hint')}
        to={byState('low')}
        {...toned(clients.low, 'amber')}
      />
      <Tile
        label={stateText('critical')}
        icon={IconFlame}
        value={count(clients.critical)}
        hint={t('overview.tile.critical.hint')}
        to={byState('critical')}
        {...toned(clients.critical, 'red')}
      />
      <Tile
        label={stateText('exhausted')}
        icon={IconMailOff}
        value={count(clients.exhausted)}
        hint={t('overview.tile.exhausted.hint')}
        to={byState('exhausted')}
        {...toned(clients.exhausted, 'orange')}
      />
      <Tile
        label={stateText('unhealthy')}
        icon={IconHeartBroken}
        value={count(clients.unhealthy)}
        hint={<OverdueHint summary={summary} />}
        to={byState('unhealthy')}
        {...toned(clients.unhealthy, 'red')}
      />
      <Tile
        label={t('overview.tile.failed')}
        icon={IconMailExclamation}
        value={count(summary.notificationsFailed)}
        hint={t('overview.tile.failed.hint', {
          n: summary.notificationsAccepted + summary.notificationsFailed + summary.notificationsUncertain,
        })}
        {...toned(summary.notificationsFailed, 'red')}
        {...(can('listNotifications') && { to: `/notifications?${lately}&status=failed` })}
      />
      <Tile
        label={t('overview.tile.unreachable')}
        icon={IconUserQuestion}
        value={count(summary.recipientMissing)}
        hint={t('overview.tile.unreachable.hint')}
        to={`/clients?${countedFilter}&recipientMissing=true`}
        {...toned(summary.recipientMissing, 'amber')}
      />
      <Tile
        label={t('overview.tile.expiring')}
        icon={IconCoins}
        value={count(summary.creditsExpiring)}
        hint={t('overview.tile.expiring.hint', { n: summary.creditsActive })}
        {...(can('listTemporaryCredits') && { to: '/credit?expiringWithinDays=7' })}
      />
    </SimpleGrid>
  );
}

const pace = 60_000;

/** How far the checks are behind: the longest that one waits. */
function OverdueHint({ summary }: { readonly summary: Summary }): ReactNode {
  const now = useNow(pace);
  const { overdueChecks, overdueSince } = summary;
  if (overdueChecks === 0 || overdueSince === null) return t('overview.tile.onTime');
  const late = durationText(Math.max(pace, now - Date.parse(overdueSince)), intlLocale());
  return t('overview.tile.overdue', { n: overdueChecks, late });
}
