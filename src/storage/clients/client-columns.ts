import type { Fragment } from 'postgres';
import {
  changeableFields,
  clientFieldEntries,
  type ClientFieldName,
  type ClientFields,
} from '../../domain/clients/client-fields.js';
import { minuteMs } from '../../domain/durations.js';
import { snakeCase } from '../../domain/snake-case.js';
import type { Queries, Transaction } from '../system/database.js';

/**
 * The columns of the fields of the catalogue. A field is kept in the column of `clients` that has its name in snake case,
 * and written as it is, unless it is listed in `specialColumns`.
 */

/** What the writing of a change asks of the row before it. */
type RowBefore = Pick<ClientFields, 'checkEveryMinutes'>;

/** A new client; null: the locale of its reseller. */
export type InsertedFields = Omit<ClientFields, 'locale'> & { readonly locale: string | null };

type Value = Fragment | string | number | boolean | readonly string[] | null;

interface SpecialColumn {
  /** absent: the field's name in snake case */
  readonly column?: string;
  /** absent: the column */
  readonly select?: (q: Queries) => Fragment;
  /** absent: the value; null: not written with the client's row */
  readonly insert?: ((q: Queries, fields: InsertedFields) => Value) | null;
  /** absent: the value; null: not written with the client's row */
  readonly update?: ((q: Queries, fields: ClientFields, before: RowBefore) => Value) | null;
}

const specialColumns: { readonly [Name in ClientFieldName]?: SpecialColumn } = {
  locale: {
    insert: (q, { locale, resellerId }) =>
      q`coalesce(${locale}, (select locale from resellers where id = ${resellerId}))`,
  },
  // A change of the limit has a history: services/credit writes it.
  creditLimit: { insert: null, update: null },
  openingBalance: {
    select: (q) => q`coalesce((select e.amount from ledger_entries e
      where e.client_id = c.id and e.kind = 'adjustment' and e.external_id = 'opening'), 0)`,
    insert: null,
    update: null,
  },
  checkEveryMinutes: {
    column: 'check_every_ms',
    select: (q) => q`(c.check_every_ms / 60000.0)::float8`,
    insert: (_q, { checkEveryMinutes }) => checkEveryMinutes * minuteMs,
    // An interval that was not changed stays exact.
    update: (q, { checkEveryMinutes }, before) => q`
      case when ${checkEveryMinutes}::float8 = ${before.checkEveryMinutes}::float8
        then check_every_ms else ${checkEveryMinutes * minuteMs}::float8::bigint end`,
  },
};

function columnOf(name: ClientFieldName): string {
  return specialColumns[name]?.column ?? snakeCase(name);
}

/** The name of a field's column. */
export function plainColumn(name: ClientFieldName): string {
  return columnOf(name);
}

/** The column of a field, of `clients c`. */
export function fieldColumn(q: Queries, name: ClientFieldName): Fragment {
  return q`${q(`c.${columnOf(name)}`)}`;
}

/** All fields under their names, of `clients c`. */
export function fieldColumns(q: Queries): Fragment {
  const selected = clientFieldEntries.map(([name]) => {
    const value = specialColumns[name]?.select?.(q) ?? fieldColumn(q, name);
    return q`${value} as ${q(name)}`;
  });
  return selected.reduce((all, one) => q`${all}, ${one}`);
}

/** Values of a new row by their columns. */
export function insertedColumns(tx: Transaction, fields: InsertedFields): Record<string, Value> {
  return columnsOf((name) => {
    const insert = specialColumns[name]?.insert;
    if (insert === null) return undefined;
    return insert ? insert(tx, fields) : fields[name];
  });
}

/** Values of a changed row by their columns. */
export function updatedColumns(tx: Transaction, fields: ClientFields, before: RowBefore): Record<string, Value> {
  return columnsOf((name) => {
    const update = specialColumns[name]?.update;
    if (update === null) return undefined;
    return update ? update(tx, fields, before) : fields[name];
  });
}

/** @param valueOf undefined: not written */
function columnsOf(valueOf: (name: keyof ClientFields) => Value | undefined): Record<string, Value> {
  const values = changeableFields.map((name) => [columnOf(name), valueOf(name)] as const);
  return Object.fromEntries(values.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
