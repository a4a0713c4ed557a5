import { DomainError } from '../../domain/errors.js';
import { constraintOf, type Queries, type Transaction } from '../system/database.js';

/**
 * Writes a reseller or a manager whose name must be free. The index decides, and not a query: a reseller does not see its own
 * siblings.
 *
 * @param pointer to the field that made the name one that is taken
 * @throws DomainError `already_exists`: an active sibling has the name
 */
export async function withFreeName<Result>(
  tx: Transaction,
  pointer: '/name' | '/parentId',
  write: (inner: Queries) => Promise<Result>,
): Promise<Result> {
  try {
    return (await tx.savepoint(write)) as Result;
  } catch (error) {
    if (constraintOf(error) !== 'resellers_name') throw error;
    throw nameTaken(pointer);
  }
}

/** @throws DomainError `already_exists` where the move of a reseller would be refused for its name */
export async function requireFreeNameBelow(
  q: Queries,
  parentId: string,
  moved: { id: string; name: string },
): Promise<void> {
  const { id, name } = moved;
  const rows = await q`
    select 1 from resellers
    where parent_id = ${parentId} and status = 'active' and lower(name) = lower(${name}) and id <> ${id} limit 1`;
  if (rows.length > 0) throw nameTaken('/parentId');
}

function nameTaken(pointer: '/name' | '/parentId'): DomainError {
  const remedy = pointer === '/parentId' ? 'rename one of them first' : 'choose another name';
  const detail = `the parent has another active reseller or manager of this name: ${remedy}`;
  return new DomainError('already_exists', detail, pointer);
}
