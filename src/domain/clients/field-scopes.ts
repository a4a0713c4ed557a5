import { moneyOf } from '../money.js';
import type { WantedScope } from '../access/scopes.js';
import { clientFieldEntries, clientFieldSpecs, defaultOf, type ClientFieldName } from './client-fields.js';
import { isInheritable } from './client-inheritance.js';
import type { ClientFieldSpec } from './fields/spec.js';

/** Values of fields by their names; undefined: not given. */
export type FieldValues = { readonly [Name in ClientFieldName]?: unknown };

/** The fields that need a scope besides `clients:write`. */
export const scopedFields = clientFieldEntries.flatMap(([name, spec]) =>
  spec.scope === undefined ? [] : [{ name, spec, scope: spec.scope }],
);

/** What a new client has unless it is given: giving just that needs no further scope. */
export const newClientValues: FieldValues = Object.fromEntries(
  clientFieldEntries.map(([name, spec]) => [name, defaultOf(spec)]),
);

/** Without the fields that return to a template or to a default: what they become is checked once it is known. */
export function givenOnly(values: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || !isInheritable(name)));
}

interface NeededScope {
  readonly name: ClientFieldName;
  readonly scope: WantedScope;
}

/** Which scopes a change needs besides `clients:write`, with the fields that need them. */
export function scopesOfChange(before: FieldValues, after: FieldValues): readonly NeededScope[] {
  const changed = scopedFields.filter(({ name, spec }) => isChanged(spec, before[name], after[name]));
  return [...changed, ...currencyOfLimit(before, after)];
}

/** The fields that get another value. */
export function changedFields(before: FieldValues, after: FieldValues): readonly ClientFieldName[] {
  return clientFieldEntries.filter(([name, spec]) => isChanged(spec, before[name], after[name])).map(([name]) => name);
}

/** The same credit limit in another currency is another limit. */
function currencyOfLimit(before: FieldValues, after: FieldValues): readonly NeededScope[] {
  const { scope } = clientFieldSpecs.creditLimit;
  const isRenamed = before.currency !== undefined && after.currency !== undefined && after.currency !== before.currency;
  return isRenamed && moneyOf(String(before.creditLimit)) !== 0n ? [{ name: 'currency', scope }] : [];
}

function isChanged(spec: ClientFieldSpec, before: unknown, after: unknown): boolean {
  if (after === undefined) return false;
  if (spec.type === 'money' && before !== null && after !== null)
    return moneyOf(String(after)) !== moneyOf(String(before));
  return JSON.stringify(after) !== JSON.stringify(before);
}
