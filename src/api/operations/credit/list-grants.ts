import { grantStatuses } from '../../../domain/grants.js';
import { listTemporaryCredits as list } from '../../../storage/temporary-credits-read.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { instant, reference } from '../../schemas.js';
import { z } from '../../zod.js';
import { grantItemJson, grantItemSchema } from './shared.js';

const statuses = z
  .string()
  .max(60)
  .transform((text, ctx) => {
    const found = text.split(',').map((part) => grantStatuses.find((status) => status === part));
    if (found.every((status) => status !== undefined)) return found;
    ctx.addIssue({
      code: 'custom',
      message: `write some of ${grantStatuses.join(', ')}, separated by commas`,
      input: text,
    });
    return z.NEVER;
  })
  .openapi({ type: 'string', description: `Some of ${grantStatuses.join(', ')}, separated by commas` });

export const listTemporaryCredits = defineOperation({
  id: 'listTemporaryCredits',
  method: 'get',
  path: '/v1/temporary-credits',
  area: 'credit',
  summary: 'List temporary credits',
  description: 'Last begun first. `from` and `to`: those that are valid at some moment between.',
  scope: 'credit:read',
  request: {
    query: listQuery(['validFrom', 'validUntil'], '-validFrom').extend({
      clientId: reference.optional(),
      status: statuses.optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
  },
  responses: { 200: { description: 'A page of temporary credits', schema: pageOf(grantItemSchema) } },
  async handler({ query, caller, context, now, url }) {
    const filter = {
      clientId: query.clientId ?? null,
      status: query.status ?? [],
      from: query.from ?? null,
      to: query.to ?? null,
    };
    const page = await list(context.sql, caller.resellerId, filter, pageRequest(query));
    return listed({ url, now }, page, grantItemJson);
  },
});
