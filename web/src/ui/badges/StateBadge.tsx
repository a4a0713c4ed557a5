import {
  IconAlertTriangle,
  IconBellOff,
  IconCircleCheck,
  IconFlame,
  IconHeartBroken,
  IconInfinity,
  IconMailOff,
  IconPlayerPause,
  IconQuestionMark,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { membersOf, type ClientState } from '../../api/types';
import { t } from '../../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

/** In the order in which lists and charts show the states. */
const looks: Readonly<Record<ClientState, { tone: Tone; icon: Icon }>> = {
  ok: { tone: 'green', icon: IconCircleCheck },
  low: { tone: 'amber', icon: IconAlertTriangle },
  critical: { tone: 'red', icon: IconFlame },
  exhausted: { tone: 'orange', icon: IconMailOff },
  silenced: { tone: 'violet', icon: IconBellOff },
  paused: { tone: 'gray', icon: IconPlayerPause },
  unlimited: { tone: 'teal', icon: IconInfinity },
  unknown: { tone: 'blue', icon: IconQuestionMark },
  unhealthy: { tone: 'red', icon: IconHeartBroken },
};

export const clientStates = membersOf<ClientState>(looks);

export const stateText = (state: ClientState): string => t(`ui.state.${state}`);

export function StateBadge({ state }: { readonly state: ClientState }): ReactNode {
  const { tone, icon } = looks[state];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {stateText(state)}
    </ToneBadge>
  );
}
