import { requestList, statusClasses } from '../../../../storage/system/request-log.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { instant, line } from '../../../contract/schemas.js';
import { loggedMethods, requestJson, requestSchema } from './schema.js';

export const listRequestsOperation = defineList({
  id: 'listRequests',
  path: '/v1/request-log',
  area: 'requests',
  summary: 'List requests of the API',
  description:
    'Newest first, about a second behind. Health probes and the files of pages are not kept; in a second with very many ' +
    'requests the reads are left out first, faults last. Kept for `REQUEST_LOG_DAYS`.',
  scope: 'requests:read',
  filters: {
    method: oneOrMore(loggedMethods).optional(),
    status: oneOrMore(statusClasses).optional(),
    operation: line(100).optional().openapi({ description: 'operationId', example: 'postPayment' }),
    caller: line(200).optional().openapi({ example: 'key:7' }),
    requestId: line(128).optional(),
    q: line(200).optional().openapi({ description: 'Somewhere in the path', example: '/clients/7' }),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Not included' }),
  },
  sorts: ['id'],
  order: '-id',
  page: 'A page of requests',
  item: requestSchema,
  rows: (q, { filter, caller }) => requestList(q, caller, filter),
  toJson: requestJson,
});
