import type { Fragment } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, type Queries } from './database.js';

/** The day of an instant in a zone, to be joined laterally: a timestamp without a zone, at midnight, named `day`. */
export function localDay(q: Queries, instant: Fragment, zone: string): Fragment {
  return q`(select date_trunc('day', ${instant} at time zone ${zone}) as day)`;
}

/** @throws DomainError `invalid` for a zone that the database does not know: its list of zones may be an older one */
export async function requireZone(q: Queries, zone: string, pointer: string): Promise<void> {
  try {
    await q`select now() at time zone ${zone}`;
  } catch (error) {
    if (sqlStateOf(error) !== invalidParameter) throw error;
    throw new DomainError('invalid', 'must be a time zone that the database knows, such as "UTC"', pointer);
  }
}

const invalidParameter = '22023';
