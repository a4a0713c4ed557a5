import {
  IconArrowsSplit2,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconPlayerStop,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Job, JobOutcome } from '../../api/types';
import { t } from '../../i18n/t';
import { ToneBadge, type Tone } from './ToneBadge';

const outcomes: Readonly<Record<JobOutcome, readonly [Tone, Icon]>> = {
  pending: ['gray', IconClock],
  done: ['green', IconCircleCheck],
  unchanged: ['gray', IconCircleMinus],
  refused: ['red', IconCircleX],
  conflict: ['orange', IconArrowsSplit2],
  failed: ['red', IconCircleX],
  canceled: ['gray', IconPlayerStop],
};

/** The outcome of one row of a job. */
export function JobOutcomeBadge({ outcome }: { readonly outcome: JobOutcome }): ReactNode {
  const [tone, icon] = outcomes[outcome];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`jobs.outcome.${outcome}`)}
    </ToneBadge>
  );
}

const statuses: Readonly<Record<Job['status'], readonly [Tone, Icon]>> = {
  running: ['blue', IconCircleDashed],
  finished: ['green', IconCircleCheck],
  canceled: ['gray', IconPlayerStop],
};

export function JobStatusBadge({ status }: Pick<Job, 'status'>): ReactNode {
  const [tone, icon] = statuses[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`jobs.status.${status}`)}
    </ToneBadge>
  );
}
