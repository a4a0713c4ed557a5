import { balanceModels } from '../../../domain/rules.js';
import { stateWords } from '../../../domain/state-word.js';
import { clientStatuses, listClients as list, type ClientFilter } from '../../../storage/clients.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { currency, line, reference } from '../../schemas.js';
import { z } from '../../zod.js';
import { clientJson } from './convert.js';
import { clientSchema } from './schema.js';

const query = listQuery(['name', 'id', 'available', 'live', 'fixed', 'nextCheckAt', 'createdAt'], 'name').extend({
  name: line(200).optional().openapi({ description: 'Beginning of the name, without case' }),
  billingEmail: line(254)
    .optional()
    .openapi({ description: 'Without case; `*` stands for anything', example: '*@acme.example' }),
  resellerId: reference.optional().openapi({ description: 'Clients of this reseller and below' }),
  managerId: reference.optional(),
  status: oneOrMore([...clientStatuses, 'all'])
    .optional()
    .openapi({
      type: 'string',
      default: 'active',
      description: 'active, stop, deleted, several with commas, or all',
    }),
  state: oneOrMore(stateWords)
    .optional()
    .openapi({ type: 'string', description: stateWords.join(', ') }),
  currency: currency.optional(),
  profileId: z.union([reference, z.literal('none')], { error: 'must be an id, or none' }).optional(),
  balanceModel: z.enum(balanceModels).optional(),
  tag: line(50).optional(),
  externalId: line(200).optional(),
});

export const listClients = defineOperation({
  id: 'listClients',
  method: 'get',
  path: '/v1/clients',
  area: 'clients',
  summary: 'List clients',
  description: 'Active ones unless `status` says otherwise (manual 4).',
  scope: 'clients:read',
  request: { query },
  responses: { 200: { description: 'A page of clients', schema: pageOf(clientSchema) } },
  async handler(input) {
    const { caller, context, now } = input;
    const page = await list(context.sql, caller.resellerId, filterOf(input.query), pageRequest(input.query), now);
    return listed(input, page, (row) => clientJson(row, now));
  },
});

function filterOf(asked: z.output<typeof query>): ClientFilter {
  const statuses = asked.status ?? ['active'];
  return {
    name: asked.name ?? null,
    billingEmail: asked.billingEmail ?? null,
    resellerId: asked.resellerId ?? null,
    managerId: asked.managerId ?? null,
    statuses: clientStatuses.filter((status) => statuses.includes('all') || statuses.includes(status)),
    states: asked.state ?? null,
    currency: asked.currency ?? null,
    profileId: asked.profileId ?? null,
    balanceModel: asked.balanceModel ?? null,
    tag: asked.tag ?? null,
    externalId: asked.externalId ?? null,
  };
}
