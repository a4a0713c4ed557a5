import { ok } from '../../../contract/answers.js';
import { defineSessionOperation, type Operation } from '../../../contract/operation.js';
import { sessionJson, sessionSchema } from './schema.js';

/** @param operations all operations; asked for at a request, for this one is among them */
export function readSessionOperation(operations: () => readonly Operation[]): Operation {
  return defineSessionOperation({
    id: 'readSession',
    method: 'get',
    path: '/v1/session',
    area: 'session',
    summary: 'Tell who is logged in',
    description: 'What a page asks first: 401 `session_missing` means that it shows the login.',
    responses: { 200: { description: 'The session', schema: sessionSchema } },
    async handler({ caller }) {
      return ok(sessionJson(caller, operations()));
    },
  });
}
