import { DomainError } from '../../domain/errors.js';
import type { ProfileRow } from '../../storage/profiles/profiles.js';

/** @throws DomainError `not_found` for null */
export function existingProfile(row: ProfileRow | null, id: string, pointer = '/path/id'): ProfileRow {
  if (!row) throw new DomainError('not_found', `there is no profile ${id}`, pointer);
  return row;
}
