import { ok } from '../../../contract/answers.js';
import { defineOperation, type Operation } from '../../../contract/operation.js';
import { meJson, meSchema } from './schema.js';

/** @param operations all operations; asked for at a request, for this one is among them */
export function readMeOperation(operations: () => readonly Operation[]): Operation {
  return defineOperation({
    id: 'readMe',
    method: 'get',
    path: '/v1/me',
    area: 'me',
    summary: 'Get the caller and its rights',
    scope: 'any',
    responses: { 200: { description: 'The caller: a user or a key', schema: meSchema } },
    async handler({ caller }) {
      return ok(meJson(caller, operations()));
    },
  });
}
