import { clientFieldSpecs, type InheritableField } from '../../../domain/clients/client-fields.js';
import {
  fallbackOf,
  inheritableFields,
  inheritedValue,
  shownValue,
  valueSources,
  type InheritedValue,
} from '../../../domain/clients/client-inheritance.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { z } from '../../contract/zod.js';

/** Where a client has its values from (docs/concepts.md#client-templates). */

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const inheritedValueShape = {
  from: z.enum(valueSources).openapi({ description: 'Whose value applies' }),
  own: value.openapi({ description: 'null: none; `unlimited` and `none`: explicitly nothing' }),
  template: value.openapi({ description: 'The same of the client template' }),
  effective: value.openapi({ description: 'The value that applies' }),
};

const inheritedValueSchema = z.strictObject(inheritedValueShape).openapi('InheritedValue');

export type InheritedValueJson = z.output<typeof inheritedValueSchema>;

export const inheritanceSchema = z
  .strictObject(
    Object.fromEntries(inheritableFields.map((name) => [name, inheritedValueSchema])) as Record<
      InheritableField,
      typeof inheritedValueSchema
    >,
  )
  .openapi('ClientInheritance', {
    description:
      'Of each field that a client template can set: the client’s own value, else the template’s, else the default',
  });

export const inheritanceExample = Object.fromEntries(
  inheritableFields.map((name) => [
    name,
    { from: 'default', own: null, template: null, effective: shownValue(name, fallbackOf(name, 'en')) },
  ]),
) as Record<InheritableField, InheritedValueJson>;

export function inheritanceJson(row: ClientRow): Record<InheritableField, InheritedValueJson> {
  const values = inheritableFields.map((name) => [
    name,
    inheritedValueJson(name, inheritedValue(name, row, row.ownFields, row.templateValues)),
  ]);
  return Object.fromEntries(values) as Record<InheritableField, InheritedValueJson>;
}

/** Amounts in the form of all amounts. */
export function inheritedValueJson(name: InheritableField, given: InheritedValue): InheritedValueJson {
  const { from, own, template, effective } = given;
  return { from, own: plain(name, own), template: plain(name, template), effective: plain(name, effective) };
}

export function plain(name: InheritableField, given: unknown): InheritedValueJson['own'] {
  // What the field holds: a text, a number, or a flag.
  const one = given as InheritedValueJson['own'];
  if (clientFieldSpecs[name].type !== 'money' || one === null || one === 'none') return one;
  return formatMoney(moneyOf(String(one)));
}
