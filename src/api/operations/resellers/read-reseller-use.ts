import { findReseller } from '../../../storage/resellers/resellers.js';
import { readResellerUse } from '../../../storage/resellers/reseller-tree.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { existing, resellerParams } from './schema.js';

const useSchema = z
  .strictObject({
    resellers: z.int(),
    managers: z.int(),
    clients: z.int(),
    companies: z.int(),
    users: z.int(),
    apiKeys: z.int(),
    managedClients: z.int().openapi({ description: 'Of a manager: clients that get none if it is deleted' }),
    deletable: z.boolean(),
  })
  .openapi('ResellerUse');

export const readResellerUseOperation = defineOperation({
  id: 'readResellerUse',
  method: 'get',
  path: '/v1/resellers/{id}/use',
  area: 'resellers',
  summary: 'Get what keeps a reseller or a manager from being deleted',
  description: 'What is active and depends on it: sub-resellers, managers, clients, companies, users, and API keys.',
  scope: 'resellers:read',
  request: { params: resellerParams },
  responses: { 200: { description: 'How many of each', schema: useSchema } },
  async handler({ params, caller, scope }) {
    const found = await scope.read(async (q) => ({
      row: await findReseller(q, caller.resellerId, params.id),
      use: await readResellerUse(q, params.id),
    }));
    const row = existing(found.row, params.id);
    const isFree = Object.values(found.use).every((count) => count === 0);
    return ok({
      ...found.use,
      managedClients: row.kind === 'manager' ? row.clients : 0,
      deletable: isFree && row.kind !== 'operator' && row.status === 'active' && row.id !== caller.resellerId,
    });
  },
});
