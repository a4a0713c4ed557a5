import { readPage } from '../../../storage/system/paging.js';
import { plainRow, profileList, profileSorts, type ProfileFilter } from '../../../storage/profiles/profiles.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { currency, line, reference } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import { profileListJson } from './convert.js';
import { profileListItem } from './schema.js';

export const profileListQuery = listQuery(profileSorts, 'sortOrder').extend({
  q: line(200).optional().openapi({ description: 'Within the name, without case, or the id itself' }),
  name: line(200).optional().openapi({ description: 'Beginning of the name' }),
  resellerId: reference.optional().openapi({ description: 'Profiles of this reseller and below' }),
  currency: currency.optional(),
});

export const listProfilesOperation = defineOperation({
  id: 'listProfiles',
  method: 'get',
  path: '/v1/profiles',
  area: 'profiles',
  summary: 'List Low Balance Profiles',
  scope: 'profiles:read',
  request: { query: profileListQuery },
  responses: { 200: { description: 'A page of profiles', schema: pageOf(profileListItem) } },
  async handler(input) {
    const { query, caller, context } = input;
    const wanted = profileList(context.sql, caller.resellerId, profileFilterOf(query));
    const page = await readPage(context.sql, pageRequest(query), wanted);
    return listed(input, page, (row) => profileListJson(plainRow(row)));
  },
});

type Asked = Omit<z.output<typeof profileListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function profileFilterOf(asked: Asked): ProfileFilter {
  return {
    q: asked.q ?? null,
    name: asked.name ?? null,
    resellerId: asked.resellerId ?? null,
    currency: asked.currency ?? null,
  };
}
