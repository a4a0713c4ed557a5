import { IconBan, IconCheck, IconClockPause, IconClockX, IconCoins, IconX } from '@tabler/icons-react';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import { ToneBadge } from '../../../ui/badges/ToneBadge';

type CreditRequest = components['schemas']['CreditRequest'];

const looks = {
  pending: { tone: 'orange', icon: IconClockPause },
  approved: { tone: 'blue', icon: IconCheck },
  granted: { tone: 'teal', icon: IconCoins },
  refused: { tone: 'red', icon: IconX },
  expired: { tone: 'gray', icon: IconClockX },
  withdrawn: { tone: 'gray', icon: IconBan },
} as const satisfies Readonly<Record<CreditRequest['status'], unknown>>;

/** How far a credit request is; one that became a temporary credit has the states of that. */
export function RequestStatus({
  request: { status, temporaryCreditStatus },
}: {
  readonly request: Pick<CreditRequest, 'status' | 'temporaryCreditStatus'>;
}) {
  const { tone, icon } = looks[status];
  return (
    <ToneBadge tone={temporaryCreditStatus === null || temporaryCreditStatus === 'active' ? tone : 'gray'} icon={icon}>
      {temporaryCreditStatus === null
        ? t(`credit.request.status.${status}`)
        : t(`credit.status.${temporaryCreditStatus}`)}
    </ToneBadge>
  );
}
