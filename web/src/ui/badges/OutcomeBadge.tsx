import {
  IconAlertOctagon,
  IconMailCheck,
  IconRefresh,
  IconSend,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t, type Key } from '../../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

/** Outcomes of notifications and deliveries. SMTP reports acceptance only, so nothing is ever called delivered. */
export const outcomes = ['sending', 'retrying', 'accepted', 'failed', 'uncertain'] as const;
export type Outcome = (typeof outcomes)[number];

const looks: Readonly<Record<Outcome, { tone: Tone; icon: Icon; text: Key }>> = {
  sending: { tone: 'blue', icon: IconSend, text: 'ui.outcome.sending' },
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
