import type { Fragment } from 'postgres';
import {
  noValue,
  sortableFields,
  type FieldFilters,
  type SortableField,
} from '../../domain/clients/client-field-filters.js';
import { clientFieldEntries, clientFieldSpecs, type ClientFieldName } from '../../domain/clients/client-fields.js';
import type { ClientFieldSpec } from '../../domain/clients/fields/spec.js';
import type { Queries } from '../system/database.js';
import type { SortColumn } from '../system/paging.js';
import { fieldColumn } from './client-columns.js';
import { likeText, withWildcards } from './text-match.js';

/** Conditions and orders of the list that derive from the catalogue of fields, over `clients c`. */

export function fieldConditions(q: Queries, filter: FieldFilters): Fragment[] {
  const given: Readonly<Record<string, string | boolean | null>> = filter;
  return clientFieldEntries.flatMap(([name, spec]) => {
    const column = fieldColumn(q, name);
    if (spec.filter === 'range') {
      const [from = null, to = null] = [given[`${name}From`], given[`${name}To`]];
      return [...(from === null ? [] : [q`${column} >= ${from}`]), ...(to === null ? [] : [q`${column} <= ${to}`])];
    }
    const value = given[name] ?? null;
    return value === null ? [] : (conditionOf(q, column, spec, value) ?? []);
  });
}

/** Null: the filter of this field is defined elsewhere. */
function conditionOf(q: Queries, column: Fragment, spec: ClientFieldSpec, value: string | boolean): Fragment | null {
  switch (spec.filter) {
    case 'equals':
      if (value === noValue && (spec.type === 'reference' || spec.type === 'integer')) return q`${column} is null`;
      return q`${column} = ${value}`;
    case 'begins':
      return q`lower(${column}) like ${`${likeText(String(value).toLowerCase())}%`}`;
    case 'pattern':
      return q`lower(${column}) like ${withWildcards(String(value))}`;
    default:
      return null;
  }
}

export function fieldSorts(q: Queries): Readonly<Record<SortableField, SortColumn>> {
  const sorts = sortableFields.map((name) => [name, sortOf(q, name, clientFieldSpecs[name])] as const);
  return Object.fromEntries(sorts) as Record<SortableField, SortColumn>;
}

/** Without `coalesce` where it is not needed: the index of the name must be found. */
function textSort(q: Queries, column: Fragment, isNullable: boolean): SortColumn {
  return { expression: isNullable ? q`lower(coalesce(${column}, ''))` : q`lower(${column})`, type: 'text' };
}

/** What is empty comes first. */
function sortOf(q: Queries, name: ClientFieldName, spec: ClientFieldSpec): SortColumn {
  const column = fieldColumn(q, name);
  switch (spec.type) {
    case 'text':
      // A position in the list has a bound, and no line breaks.
      if (spec.lines) {
        return {
          expression: q`left(lower(regexp_replace(coalesce(${column}, ''), '[[:cntrl:]]', ' ', 'g')), 200)`,
          type: 'text',
        };
      }
      return textSort(q, column, spec.nullable === true);
    case 'email':
      return textSort(q, column, spec.nullable === true);
    case 'texts':
      // A position in the list has a bound.
      return { expression: q`left(lower(array_to_string(${column}, ', ')), 200)`, type: 'text' };
    case 'money':
      // Below every amount that a field holds.
      return { expression: spec.nullable ? q`coalesce(${column}, -1e13)` : column, type: 'numeric' };
    case 'integer':
      return { expression: q`coalesce(${column}, -1)`, type: 'bigint' };
    case 'flag':
      return { expression: q`${column}::int`, type: 'bigint' };
    default:
      return { expression: q`coalesce(${column}::text, '')`, type: 'text' };
  }
}
