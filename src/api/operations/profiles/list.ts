import { listProfiles as list } from '../../../storage/profiles.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { currency, line, reference } from '../../schemas.js';
import { profileListJson } from './convert.js';
import { profileListItem } from './schema.js';

export const listProfiles = defineOperation({
  id: 'listProfiles',
  method: 'get',
  path: '/v1/profiles',
  area: 'profiles',
  summary: 'List Low Balance Profiles',
  scope: 'profiles:read',
  request: {
    query: listQuery(['sortOrder', 'name', 'id', 'clients', 'createdAt', 'updatedAt'], 'sortOrder').extend({
      name: line(200).optional().openapi({ description: 'Beginning of the name' }),
      resellerId: reference.optional().openapi({ description: 'Profiles of this reseller and below' }),
      currency: currency.optional(),
    }),
  },
  responses: { 200: { description: 'A page of profiles', schema: pageOf(profileListItem) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = {
      name: query.name ?? null,
      resellerId: query.resellerId ?? null,
      currency: query.currency ?? null,
    };
    return listed(input, await list(context.sql, caller.resellerId, filter, pageRequest(query)), profileListJson);
  },
});
