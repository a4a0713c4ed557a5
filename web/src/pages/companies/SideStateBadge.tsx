import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCircleCheck,
  IconPlayerPause,
  IconZoomQuestion,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { LookBadge, type Look } from '../../ui/badges/ToneBadge';

type SideState = components['schemas']['CompanySide']['state'];

const looks: Readonly<Record<SideState, Look>> = {
  off: ['gray', IconPlayerPause],
  unknown: ['violet', IconZoomQuestion],
  no_rate: ['amber', IconArrowsExchange],
  ok: ['green', IconCircleCheck],
  low: ['red', IconAlertTriangle],
};

/** Whether the balance of a side has reached its threshold now. */
export function SideStateBadge({ state }: { readonly state: SideState }): ReactNode {
  return <LookBadge look={looks[state]} text={t(`companies.state.${state}`)} />;
}
