import { jobKinds as kinds, ownJobKinds } from '../../api/kinds';
import type { components } from '../../api/schema';
import { membersOf, type Job, type JobKind, type JobOutcome } from '../../api/types';
import { t } from '../../i18n/t';

/** What is done to selected clients, in the order in which pages show it. */
export type BulkJobKind = keyof typeof kinds;
export const jobKinds = Object.keys(kinds) as readonly BulkJobKind[];

/** Every kind of the API. */
export const anyJobKinds: readonly JobKind[] = [
  ...jobKinds,
  ...(Object.keys(ownJobKinds) as (keyof typeof ownJobKinds)[]),
];

export const jobOutcomes = membersOf<JobOutcome>({
  pending: true,
  done: true,
  unchanged: true,
  refused: true,
  conflict: true,
  failed: true,
  canceled: true,
});

/** The compiler refuses a kind that has no text. */
export const jobKindText = (kind: JobKind): string => t(`jobs.kind.${kind}`);

/** What the rows of a job came to, the outcomes that occur: "118 done · 2 refused". */
export function jobCountsText({ counts }: Pick<Job, 'counts'>): string {
  return jobOutcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) =>
      t('jobs.count', { n: counts[outcome], outcome: t(`jobs.outcome.${outcome}`).toLocaleLowerCase() }),
    )
    .join(' · ');
}

type RowProblem = NonNullable<components['schemas']['JobRow']['problem']>['code'];

/** Why a row was refused, in the words of the page's language. The compiler refuses a code that has no text. */
export const rowProblemText = (code: RowProblem): string => t(`problems.${code}`);
