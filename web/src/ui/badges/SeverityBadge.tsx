import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { membersOf } from '../../api/types';
import { t } from '../../i18n/t';
import type { EventSeverity } from '../text/event-text';
import { ToneBadge, type Tone } from './ToneBadge';

const looks: Readonly<Record<EventSeverity, { readonly tone: Tone; readonly icon: Icon }>> = {
  critical: { tone: 'red', icon: IconAlertOctagon },
  warning: { tone: 'amber', icon: IconAlertTriangle },
  info: { tone: 'blue', icon: IconInfoCircle },
};

/** The most severe first. */
export const severities = membersOf<EventSeverity>(looks);

export const severityText = (severity: EventSeverity): string => t(`events.severity.${severity}`);

export function SeverityBadge({ severity }: { readonly severity: EventSeverity }): ReactNode {
  const { tone, icon } = looks[severity];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {severityText(severity)}
    </ToneBadge>
  );
}
