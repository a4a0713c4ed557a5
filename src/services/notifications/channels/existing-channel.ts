import { DomainError } from '../../../domain/errors.js';

/** @throws DomainError `not_found`, also for a channel outside of the scope */
export function existingChannel<Row>(row: Row | null, id: string): Row {
  if (row === null) throw new DomainError('not_found', `there is no channel ${id}`, '/path/id');
  return row;
}
