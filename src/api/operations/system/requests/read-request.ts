import { DomainError } from '../../../../domain/errors.js';
import { findRequest } from '../../../../storage/system/requests/request-log.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { requestDetailJson, requestDetailSchema } from './schema.js';

export const readRequestOperation = defineOperation({
  id: 'readRequest',
  method: 'get',
  path: '/v1/request-log/{requestId}',
  area: 'requests',
  summary: 'Get a request with its bodies',
  description: 'By the `X-Request-Id` of its response; the latest one if an id was used again.',
  scope: 'requests:read',
  request: { params: z.strictObject({ requestId: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/) }) },
  responses: { 200: { description: 'The request', schema: requestDetailSchema } },
  async handler({ params, caller, scope }) {
    const row = await scope.read((q) => findRequest(q, caller, params.requestId));
    if (!row) throw new DomainError('not_found', `there is no request ${params.requestId}`, '/path/requestId');
    return ok(requestDetailJson(row));
  },
});
