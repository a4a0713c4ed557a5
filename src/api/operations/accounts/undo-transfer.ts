import { undoTransfer } from '../../../services/accounts/record-transfer.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { line, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { keyHeader, transferJson, transferSchema } from './transfer-schema.js';

export const undoTransferOperation = defineOperation({
  id: 'undoTransfer',
  method: 'post',
  path: '/v1/transfers/{id}/undo',
  area: 'accounts',
  summary: 'Transfer an amount back',
  description:
    'A transfer in the other direction, linked to the first one, which can be undone once. The account that received ' +
    'the amount must still have it.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    headers: keyHeader,
    body: z.strictObject({ note: line(500).optional() }),
  },
  example: { note: 'wrong number' },
  responses: { 201: { description: 'The transfer back', schema: transferSchema } },
  problems: ['client_deleted', 'transfer_inactive', 'transfer_undone', 'insufficient_funds', 'conflict'],
  async handler({ params, body, context, requester, dedupeId }) {
    const { note = null } = body;
    const { transfer } = await undoTransfer(requester, params.id, { note, requestId: dedupeId });
    context.live.touch([transfer.fromClientId, transfer.toClientId]);
    return created(`/v1/transfers/${transfer.id}`, transferJson(transfer));
  },
});
