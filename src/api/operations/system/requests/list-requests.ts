import { listRequests } from '../../../../storage/system/request-log.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { instant, line } from '../../../contract/schemas.js';
import { loggedMethods, requestJson, requestSchema } from './schema.js';

const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;

export const listRequestsOperation = defineOperation({
  id: 'listRequests',
  method: 'get',
  path: '/v1/request-log',
  area: 'requests',
  summary: 'List requests of the API',
  description:
    'Newest first, about a second behind. Health probes and the files of pages are not kept; in a second with very many ' +
    'requests the reads are left out first, faults last. Kept for `REQUEST_LOG_DAYS`.',
  scope: 'requests:read',
  request: {
    query: listQuery(['id'], '-id').extend({
      method: oneOrMore(loggedMethods).optional(),
      status: oneOrMore(statusClasses).optional().openapi({ type: 'string', example: '4xx,5xx' }),
      operation: line(100).optional().openapi({ description: 'operationId', example: 'postPayment' }),
      caller: line(200).optional().openapi({ example: 'key:7' }),
      requestId: line(128).optional(),
      q: line(200).optional().openapi({ description: 'Somewhere in the path', example: '/clients/7' }),
      from: instant.optional(),
      to: instant.optional().openapi({ description: 'Not included' }),
    }),
  },
  responses: { 200: { description: 'A page of requests', schema: pageOf(requestSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = {
      methods: query.method ?? [],
      statusClasses: (query.status ?? []).map((word) => Number(word[0])),
      operation: query.operation ?? null,
      caller: query.caller ?? null,
      requestId: query.requestId ?? null,
      q: query.q ?? null,
      from: query.from ?? null,
      to: query.to ?? null,
    };
    return listed(input, await listRequests(context.sql, caller, filter, pageRequest(query)), requestJson);
  },
});
