import type { ChangeEntry } from '../change.js';

/** The audit row of what a person does with a job. */
export function jobEntry(
  action: 'job.start' | 'job.cancel' | 'job.retry',
  { id, resellerId }: { readonly id: string; readonly resellerId: string },
  { reason, before, after }: Pick<ChangeEntry, 'before' | 'after'> & { readonly reason: string | null },
): ChangeEntry {
  return { action, subjectType: 'job', subjectId: id, resellerId, reason, before, after };
}
