import { changedFields, scopedFields, scopesOfChange, type FieldValues } from '../../../domain/clients/field-scopes.js';
import { allows } from '../../../domain/access/scopes.js';
import { refusedField } from '../../../domain/resellers/manager-limits.js';
import type { Caller } from '../../context.js';
import { ApiProblem, type FieldError } from '../../http/problem.js';

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
 * @param at pointer of the object that has the fields
 * @throws ApiProblem `scope_missing` with each of the fields that would change
 */
export function requireFieldRights(caller: Caller, before: FieldValues, after: FieldValues, at = ''): void {
  const refused = managerErrors(caller, before, after, at);
  if (refused[0]) throw new ApiProblem('manager_not_permitted', refused[0].detail, { errors: refused });
  const errors = fieldRightErrors(caller, before, after, at);
  const [first] = errors;
  if (first) throw new ApiProblem('scope_missing', first.detail, { errors });
}

/** The fields that a manager may not change, each with the reason. */
function managerErrors(caller: Caller, before: FieldValues, after: FieldValues, at: string): readonly FieldError[] {
  if (!caller.isManager) return [];
  return changedFields(before, after).flatMap((name) => {
    const detail = refusedField(name, after[name]);
    return detail === null ? [] : [{ pointer: `#${at}/${name}`, code: 'manager_not_permitted', detail }];
  });
}

/** The fields that the caller may not change in this way. */
export function fieldRightErrors(
  caller: Caller,
  before: FieldValues,
  after: FieldValues,
  at = '',
): readonly FieldError[] {
  return scopesOfChange(before, after)
    .filter(({ scope }) => !allows(caller.scopes, scope))
    .map(({ name, scope }) => ({ pointer: `#${at}/${name}`, code: 'scope_missing', detail: missing(caller, scope) }));
}

function missing(caller: Caller, scope: string): string {
  const whose = caller.kind === 'key' ? 'the key' : 'your role';
  return `must not be changed: this requires the scope ${scope}, which ${whose} does not have`;
}
