import { grantStatuses } from '../../../domain/grants.js';
import { readPage } from '../../../storage/system/paging.js';
import {
  temporaryCreditList,
  temporaryCreditSorts,
  type TemporaryCreditFilter,
} from '../../../storage/credit/temporary-credits-read.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest, wholeNumber } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { currency, instant, line, reference } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import { grantItemJson, grantItemSchema } from './shared.js';

export const grantListQuery = listQuery(temporaryCreditSorts, '-validFrom').extend({
  clientId: reference.optional(),
  status: oneOrMore(grantStatuses)
    .optional()
    .openapi({ type: 'string', description: `Some of ${grantStatuses.join(', ')}, separated by commas` }),
  from: instant.optional(),
  to: instant.optional(),
  expiringWithinDays: wholeNumber(1, 3660)
    .optional()
    .openapi({ description: 'Scheduled or active, and over within so many days' }),
  currency: currency.optional(),
  grantedBy: line(100).optional().openapi({ example: 'key:3' }),
  q: line(200).optional().openapi({ description: 'Within the client’s name or the reason, without case' }),
});

export const listTemporaryCreditsOperation = defineOperation({
  id: 'listTemporaryCredits',
  method: 'get',
  path: '/v1/temporary-credits',
  area: 'credit',
  summary: 'List temporary credits',
  description: 'Last begun first. `from` and `to`: those that are valid at some moment between.',
  scope: 'credit:read',
  request: { query: grantListQuery },
  responses: { 200: { description: 'A page of temporary credits', schema: pageOf(grantItemSchema) } },
  async handler(input) {
    const { query, caller, context, now } = input;
    const wanted = temporaryCreditList(context.sql, caller.resellerId, grantFilterOf(query), now);
    return listed(input, await readPage(context.sql, pageRequest(query), wanted), grantItemJson);
  },
});

type Asked = Omit<z.output<typeof grantListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function grantFilterOf(asked: Asked): TemporaryCreditFilter {
  return {
    clientId: asked.clientId ?? null,
    status: asked.status ?? [],
    from: asked.from ?? null,
    to: asked.to ?? null,
    expiringDays: asked.expiringWithinDays ?? null,
    currency: asked.currency ?? null,
    grantedBy: asked.grantedBy ?? null,
    q: asked.q ?? null,
  };
}
