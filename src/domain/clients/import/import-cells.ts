import { clientFieldSpecs, type ClientFieldName } from '../client-fields.js';
import type { ClientFieldSpec } from '../fields/spec.js';
import type { ImportMapping } from './import-fields.js';

/** What is wrong with one cell of a row, or with the row. */
export interface ImportFault {
  /** of the column, from 0; null: the fault is not of one column */
  readonly column: number | null;
  /** null: no field */
  readonly field: ClientFieldName | null;
  /** a code of the API's problems, or of one of their errors */
  readonly code: string;
  /** the reason and the remedy */
  readonly detail: string;
}

/** A row as the API would be sent it: fields by name, without those whose cells are empty. */
export interface ImportInput {
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly ImportFault[];
}

/** What spreadsheets take for the beginning of a formula, guarded by an apostrophe in exported files. */
const guarded = /^'(?=[=+\-@\t\r＝＋－＠])/;

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1', 'on', 'так'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off', 'ні'].map((word) => [word, false] as const),
]);

/** Reads the cells of a row by the types of their fields. An empty cell gives its field the default. */
export function readCells(mapping: ImportMapping, cells: readonly string[]): ImportInput {
  const values: Record<string, unknown> = {};
  const faults: ImportFault[] = [];
  mapping.forEach((field, column) => {
    if (field === null) return;
    const text = (cells[column] ?? '').replace(guarded, '').trim();
    if (text === '') return;
    const read = valueOf(clientFieldSpecs[field], text);
    if ('value' in read) values[field] = read.value;
    else faults.push({ column, field, code: 'wrong_type', detail: read.fault });
  });
  return { values, faults };
}

type Read = { readonly value: unknown } | { readonly fault: string };

function valueOf(spec: ClientFieldSpec, text: string): Read {
  switch (spec.type) {
    case 'flag': {
      const value = flags.get(text.toLowerCase());
      return value === undefined ? { fault: 'must be yes or no' } : { value };
    }
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { fault: 'must be a whole number' };
    case 'choice':
      return { value: spec.values.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text };
    case 'texts':
      return { value: partsOf(text) };
    case 'thresholds':
      return { value: partsOf(text) };
    case 'currency':
      return { value: text.toUpperCase() };
    default:
      return { value: text };
  }
}

function partsOf(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
