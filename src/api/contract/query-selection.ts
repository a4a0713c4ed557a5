import { ApiProblem } from '../http/problem.js';
import { filterValues, type FilterShape, type FilterValues } from './list-spec.js';
import { check } from './validation.js';
import { z } from './zod.js';

/**
 * The filters of a list in a body, as in the address of the list: what is done to all that match.
 *
 * @param pointer where the query is in the body: `/selection/query`
 * @throws ApiProblem `invalid` with a pointer below the query for each filter at fault
 */
export function filtersOfQuery<F extends FilterShape>(filters: F, query: string, pointer: string): FilterValues<F> {
  const parsed = check(z.strictObject(filters), fieldsOf(query), 'body');
  if (parsed.ok) return filterValues(filters, parsed.value);
  const errors = parsed.faults.map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^#/, `#${pointer}`) }));
  throw new ApiProblem('invalid', `${errors[0]?.pointer ?? ''}: ${errors[0]?.detail ?? ''}`, { errors });
}

/** A parameter that is given twice is a list, which no filter is. */
function fieldsOf(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
