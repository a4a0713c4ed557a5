import { clientFieldEntries, type ClientFieldSpecs, type FieldsWith } from './client-fields.js';

/** Filters of the list of clients that derive from the catalogue of their fields. */

type FilteredField = FieldsWith<{ readonly filter: 'equals' | 'begins' | 'pattern' }>;
type RangeField = FieldsWith<{ readonly filter: 'range' }>;

/** By the names of their parameters; null: not set. */
export type FieldFilters = {
  readonly [Name in FilteredField]:
    (ClientFieldSpecs[Name] extends { readonly type: 'flag' } ? boolean : string) | null;
} & { readonly [Name in RangeField as `${Name}From` | `${Name}To`]: string | null };

/** Fields that the list can be sorted by. */
export type SortableField = FieldsWith<{ readonly sortable: true }>;

export const sortableFields = clientFieldEntries
  .filter(([, spec]) => spec.sortable === true)
  .map(([name]) => name as SortableField);

/** Bounds of amounts, which make sense in one currency only. */
export const rangeParameters = clientFieldEntries
  .filter(([, spec]) => spec.filter === 'range')
  .flatMap(([name]) => [`${name}From`, `${name}To`] as (keyof FieldFilters)[]);

/** What the parameter of a nullable reference or number takes for "has none". */
export const noValue = 'none';
