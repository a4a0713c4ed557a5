import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../contract/search-attributes.js';

/** Temporal's number for the type of a search attribute: KEYWORD. */
const keyword = 2;

/**
 * Registers what monitors are found by; a workflow that sets an attribute which its namespace does not know fails
 * forever. Harmless to repeat.
 *
 * @returns the names that were missing
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return [];
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, keyword])),
  });
  return missing;
}

export async function missingSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return searchAttributes.map(({ name }) => name).filter((name) => !(name in (customAttributes ?? {})));
}
