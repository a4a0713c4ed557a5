import {
  IconAlertOctagon,
  IconClockPause,
  IconMailCheck,
  IconRefresh,
  IconSend,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t, type Key } from '../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

/** The words for a mail. "Accepted" is all that SMTP tells: never "delivered". */
export const outcomes = ['claimed', 'sending', 'handing_over', 'retrying', 'accepted', 'failed', 'uncertain'] as const;
export type Outcome = (typeof outcomes)[number];

const looks: Readonly<Record<Outcome, { tone: Tone; icon: Icon; text: Key }>> = {
  claimed: { tone: 'gray', icon: IconClockPause, text: 'ui.outcome.claimed' },
  sending: { tone: 'blue', icon: IconSend, text: 'ui.outcome.sending' },
  handing_over: { tone: 'blue', icon: IconSend, text: 'ui.outcome.handing_over' },
  retrying: { tone: 'amber', icon: IconRefresh, text: 'ui.outcome.retrying' },
  accepted: { tone: 'green', icon: IconMailCheck, text: 'ui.outcome.accepted' },
  failed: { tone: 'red', icon: IconAlertOctagon, text: 'ui.outcome.failed' },
  uncertain: { tone: 'violet', icon: IconZoomQuestion, text: 'ui.outcome.uncertain' },
};

export const outcomeText = (outcome: Outcome): string => t(looks[outcome].text);

export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { tone, icon } = looks[outcome];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {outcomeText(outcome)}
    </ToneBadge>
  );
}
