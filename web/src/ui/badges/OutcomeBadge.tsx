import {
  IconAlertOctagon,
  IconMailCheck,
  IconMailX,
  IconRefresh,
  IconSend,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { membersOf, type DeliveryOutcome, type DeliveryStatus } from '../../api/types';
import { t, type Key } from '../../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

/** SMTP reports acceptance only, so the page never calls an email delivered. */
const looks: Readonly<Record<DeliveryStatus, { tone: Tone; icon: Icon; text: Key }>> = {
  sending: { tone: 'blue', icon: IconSend, text: 'ui.outcome.sending' },
  retrying: { tone: 'amber', icon: IconRefresh, text: 'ui.outcome.retrying' },
  accepted: { tone: 'green', icon: IconMailCheck, text: 'ui.outcome.accepted' },
  failed: { tone: 'red', icon: IconAlertOctagon, text: 'ui.outcome.failed' },
  bounced: { tone: 'red', icon: IconMailX, text: 'ui.outcome.bounced' },
  uncertain: { tone: 'violet', icon: IconZoomQuestion, text: 'ui.outcome.uncertain' },
};

export const outcomes = membersOf<DeliveryOutcome>({
  ...{ sending: true, retrying: true, accepted: true, failed: true, uncertain: true },
});

export const outcomeText = (outcome: DeliveryStatus): string => t(looks[outcome].text);

/** How an outcome is marked where it is part of a longer text. */
export const outcomeLook = (outcome: DeliveryStatus): { readonly tone: Tone; readonly icon: Icon } => looks[outcome];

export function OutcomeBadge({ outcome }: { readonly outcome: DeliveryStatus }): ReactNode {
  const { tone, icon } = looks[outcome];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {outcomeText(outcome)}
    </ToneBadge>
  );
}
