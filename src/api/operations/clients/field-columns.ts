import { clientFieldEntries, type FieldsWith } from '../../../domain/clients/client-fields.js';
import type { ClientFieldSpec } from '../../../domain/clients/fields/spec.js';
import type { Column } from '../../../documents/tables/csv.js';
import type { AnsweredFields } from './field-schemas.js';

type ExportedField = FieldsWith<{ readonly csv: string }>;

/** The columns of CSV files that the catalogue of fields has. */
export const fieldColumns = Object.fromEntries(
  clientFieldEntries.flatMap(([name, spec]) =>
    spec.csv === undefined ? [] : [[name, { header: spec.csv, value: (row) => cellOf(spec, row[name]) }] as const],
  ) satisfies readonly (readonly [string, Column<AnsweredFields>])[],
) as Record<ExportedField, Column<AnsweredFields>>;

function cellOf(
  spec: ClientFieldSpec,
  value: string | number | boolean | string[] | null,
): ReturnType<Column<never>['value']> {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number') return { number: value };
  return spec.type === 'money' && value !== null ? { number: String(value) } : value;
}
