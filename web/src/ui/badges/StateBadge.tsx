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
import { t } from '../../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

/** The words for the state of a client, the same in the API, in metrics and in Temporal. */
export const clientStates = [
  'ok',
  'low',
  'critical',
  'exhausted',
  'silenced',
  'paused',
  'unlimited',
  'unknown',
  'unhealthy',
] as const;
export type ClientState = (typeof clientStates)[number];

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

export const stateText = (state: ClientState): string => t(`ui.state.${state}`);

export function StateBadge({ state }: { readonly state: ClientState }): ReactNode {
  const { tone, icon } = looks[state];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {stateText(state)}
    </ToneBadge>
  );
}
