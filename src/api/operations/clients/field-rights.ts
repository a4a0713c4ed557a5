import {
  clientFieldEntries,
  clientFieldSpecs,
  defaultOf,
  type ClientFieldName,
} from '../../../domain/clients/client-fields.js';
import type { ClientFieldSpec } from '../../../domain/clients/fields/spec.js';
import { moneyOf } from '../../../domain/money.js';
import { allows, type WantedScope } from '../../../domain/access/scopes.js';
import type { Caller } from '../../context.js';
import { ApiProblem } from '../../http/problem.js';

/** Values of fields by their names; undefined: not given. */
type Values = { readonly [Name in ClientFieldName]?: unknown };

const scopedFields = clientFieldEntries.flatMap(([name, spec]) =>
  spec.scope === undefined ? [] : [{ name, spec, scope: spec.scope }],
);

/** What a new client has unless it is given: giving just that needs no further scope. */
export const newClientValues: Values = Object.fromEntries(
  clientFieldEntries.map(([name, spec]) => [name, defaultOf(spec)]),
);

/** Which fields need which scope besides `clients:write`, for the description of an operation. */
export const scopesOfFields = [...new Set(scopedFields.map(({ scope }) => scope))]
  .map((wanted) => {
    const names = scopedFields.filter(({ scope }) => scope === wanted).map(({ name }) => `\`${name}\``);
    return `${names.join(' and ')}: \`${wanted}\``;
  })
  .join('; ');

/**
 * A field that belongs to another scope than `clients:write` needs that scope wherever it is set.
 *
 * @throws ApiProblem `scope_missing` with each of the fields that would change
 */
export function requireFieldRights(caller: Caller, before: Values, after: Values): void {
  const changed = scopedFields.filter(({ name, spec }) => isChanged(spec, before[name], after[name]));
  const needed = [...changed, ...currencyOfLimit(before, after)];
  const refused = needed.filter(({ scope }) => !allows(caller.scopes, scope));
  const [first] = refused;
  if (!first) return;
  const errors = refused.map(({ name, scope }) => ({
    pointer: `#/${name}`,
    code: 'scope_missing',
    detail: missing(caller, scope),
  }));
  throw new ApiProblem('scope_missing', missing(caller, first.scope), { errors });
}

/** The same credit limit in another currency is another limit. */
function currencyOfLimit(
  before: Values,
  after: Values,
): readonly { readonly name: 'currency'; readonly scope: WantedScope }[] {
  const { scope } = clientFieldSpecs.creditLimit;
  const isRenamed = before.currency !== undefined && after.currency !== undefined && after.currency !== before.currency;
  return isRenamed && moneyOf(String(before.creditLimit)) !== 0n ? [{ name: 'currency', scope }] : [];
}

function missing(caller: Caller, scope: string): string {
  const whose = caller.kind === 'key' ? 'the key' : 'your role';
  return `must not be changed: this requires the scope ${scope}, which ${whose} does not have`;
}

function isChanged(spec: ClientFieldSpec, before: unknown, after: unknown): boolean {
  if (after === undefined) return false;
  if (spec.type === 'money' && before !== null && after !== null)
    return moneyOf(String(after)) !== moneyOf(String(before));
  return JSON.stringify(after) !== JSON.stringify(before);
}
