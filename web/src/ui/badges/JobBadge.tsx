import {
  IconArrowsSplit2,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Job, JobOutcome } from '../../api/types';
import { t } from '../../i18n/t';
import { LookBadge, type Look } from './ToneBadge';

const outcomes: Readonly<Record<JobOutcome, Look>> = {
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
  return <LookBadge look={outcomes[outcome]} text={t(`jobs.outcome.${outcome}`)} />;
}

const statuses: Readonly<Record<Job['status'], Look>> = {
  running: ['blue', IconCircleDashed],
  finished: ['green', IconCircleCheck],
  canceled: ['gray', IconPlayerStop],
};

export function JobStatusBadge({ status }: Pick<Job, 'status'>): ReactNode {
  return <LookBadge look={statuses[status]} text={t(`jobs.status.${status}`)} />;
}
