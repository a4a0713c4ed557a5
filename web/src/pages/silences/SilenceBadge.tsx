import { IconBellOff, IconCalendarClock, IconClockX } from '@tabler/icons-react';
import { t } from '../../i18n/t';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import type { Silence } from './queries';

const looks = {
  active: { tone: 'violet', icon: IconBellOff },
  pending: { tone: 'blue', icon: IconCalendarClock },
  expired: { tone: 'gray', icon: IconClockX },
} as const satisfies Readonly<Record<Silence['status'], unknown>>;

export function SilenceBadge({ status }: Pick<Silence, 'status'>) {
  const { tone, icon } = looks[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`silences.status.${status}`)}
    </ToneBadge>
  );
}
