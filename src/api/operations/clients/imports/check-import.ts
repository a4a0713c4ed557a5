import type { ClientFieldName } from '../../../../domain/clients/client-fields.js';
import { givenOnly, newClientValues } from '../../../../domain/clients/field-scopes.js';
import { checkImport, type ReadFields } from '../../../../services/clients/imports/check-import.js';
import type { Caller } from '../../../context.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { check } from '../../../contract/validation.js';
import { z } from '../../../contract/zod.js';
import { fieldRightErrors, scopesOfFields } from '../field-rights.js';
import { creationShape } from '../field-schemas.js';
import { importParams, importSchema, readImportJson } from './schema.js';

/** Rows are checked for so long in one request. */
const checkForMs = 3000;

export const checkImportOperation = defineOperation({
  id: 'checkImport',
  method: 'post',
  path: '/v1/imports/{id}/check',
  area: 'imports',
  summary: 'Check the rows of an import',
  description:
    'A dry run: checks each row as a new client, without creating it. A request checks for a few seconds: repeat it until ' +
    '`checkedRows` is `rows`. A row whose external ID a client of the reseller has already is invalid: an import changes no ' +
    `client. Some fields require another scope. ${scopesOfFields}.`,
  scope: 'clients:write',
  request: { params: importParams },
  responses: { 200: { description: 'How far the check is', schema: importSchema } },
  problems: ['conflict'],
  async handler({ params, caller, requester, scope }) {
    const until = performance.now() + checkForMs;
    const read = fieldReader(caller, requester.scope.resellerId);
    while ((await checkImport(requester, params.id, read)) && performance.now() < until);
    return ok(await readImportJson(scope, params.id));
  },
});

const newClient = z.strictObject(creationShape);

/** @param resellerId of a client that has none */
function fieldReader(caller: Caller, resellerId: string): ReadFields {
  return (values) => {
    const checked = check(newClient, values, 'body');
    const errors = checked.ok ? fieldRightErrors(caller, newClientValues, givenOnly(checked.value)) : checked.faults;
    if (checked.ok && errors.length === 0)
      return { fields: { ...checked.value, resellerId: checked.value.resellerId ?? resellerId } };
    return {
      faults: errors.map(({ pointer, code, detail }) => ({ field: fieldAt(pointer), code, detail })),
    };
  };
}

/** `tags` of `#/tags/0` */
function fieldAt(pointer: string): ClientFieldName | null {
  const [, name = ''] = pointer.split('/');
  return name in creationShape ? (name as ClientFieldName) : null;
}
