import { DomainError } from '../../../domain/errors.js';
import { findTransfer } from '../../../storage/accounts/transfers.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { transferJson, transferSchema } from './transfer-schema.js';

export const readTransferOperation = defineOperation({
  id: 'readTransfer',
  method: 'get',
  path: '/v1/transfers/{id}',
  area: 'accounts',
  summary: 'Get a transfer',
  scope: 'payments:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The transfer', schema: transferSchema } },
  async handler({ params, scope }) {
    const row = await scope.read((q) => findTransfer(q, scope.resellerId, params.id));
    if (!row) throw new DomainError('not_found', `there is no transfer ${params.id}`, '/path/id');
    return ok(transferJson(row));
  },
});
