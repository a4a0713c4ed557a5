import type { ChangeEntry } from '../../change.js';

/** The audit row of what a person does with an uploaded file. */
export function importEntry(
  action: 'import.upload' | 'import.delete',
  { id, resellerId }: { readonly id: string; readonly resellerId: string },
  { before, after }: Pick<ChangeEntry, 'before' | 'after'>,
): ChangeEntry {
  return { action, subjectType: 'import', subjectId: id, resellerId, reason: null, before, after };
}
