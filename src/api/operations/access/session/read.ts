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
    summary: 'Get the session',
    description: 'The first request of the page: 401 `session_missing` leads to the login.',
    responses: { 200: { description: 'The session', schema: sessionSchema } },
    async handler({ caller }) {
      return ok(sessionJson(caller, operations()));
    },
  });
}
