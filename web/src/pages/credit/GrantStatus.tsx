import { IconAlertTriangle, IconArrowBackUp, IconBan, IconClock, IconCoins } from '@tabler/icons-react';
import type { components } from '../../api/schema';
import type { GrantStatus as Status } from '../../api/types';
import { t } from '../../i18n/t';
import { useNow } from '../../ui/text/clock';
import { ToneBadge } from '../../ui/badges/ToneBadge';

type Grant = components['schemas']['TemporaryCreditItem'];

const statusLooks = {
  scheduled: { tone: 'blue', icon: IconClock },
  active: { tone: 'teal', icon: IconCoins },
  reverted: { tone: 'gray', icon: IconArrowBackUp },
  cancelled: { tone: 'gray', icon: IconBan },
} as const satisfies Readonly<Record<Status, unknown>>;

const graceMs = 60_000;

/** How far a temporary credit is; one whose end has passed and that is still active is late. */
export function GrantStatus({ grant }: { readonly grant: Pick<Grant, 'status' | 'validUntil'> }) {
  const now = useNow(15_000);
  if (grant.status === 'active' && now - Date.parse(grant.validUntil) > graceMs) {
    return (
      <ToneBadge tone="red" icon={IconAlertTriangle}>
        {t('credit.status.late')}
      </ToneBadge>
    );
  }
  const { tone, icon } = statusLooks[grant.status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`credit.status.${grant.status}`)}
    </ToneBadge>
  );
}
