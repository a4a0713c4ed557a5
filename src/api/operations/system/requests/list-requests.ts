import { requestList, statusClasses } from '../../../../storage/system/requests/request-log.js';
import { defineList } from '../../../contract/define-list.js';
import { flag, oneOrMore } from '../../../contract/lists.js';
import { instant, line } from '../../../contract/schemas.js';
import { loggedMethods, requestJson, requestSchema } from './schema.js';

export const listRequestsOperation = defineList({
  id: 'listRequests',
  path: '/v1/request-log',
  area: 'requests',
  summary: 'List API requests',
  description:
    'Newest first, about a second behind, without what the web page reads (`pageReads`). Health probes and static files are not logged. Under very high load, ' +
    'reads are dropped first, errors last. Kept for `REQUEST_LOG_DAYS`.',
  scope: 'requests:read',
  filters: {
    method: oneOrMore(loggedMethods).optional(),
    status: oneOrMore(statusClasses).optional(),
    operation: line(100).optional().openapi({ description: 'operationId', example: 'postPayment' }),
    caller: line(200).optional().openapi({ example: 'key:7' }),
    requestId: line(128).optional(),
    pageReads: flag.default(false).openapi({
      description:
        'Also what the web page reads: successful GET requests in the session of a user. Not needed with `requestId`.',
    }),
    q: line(200).optional().openapi({ description: 'Part of the path', example: '/clients/7' }),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Exclusive' }),
  },
  sorts: ['id'],
  order: '-id',
  page: 'A page of requests',
  item: requestSchema,
  rows: (q, { filter, caller }) => requestList(q, caller, filter),
  toJson: requestJson,
  csv: {
    id: 'exportRequests',
    name: 'request-log',
    what: 'API requests',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      at: { header: 'Time', value: ({ at }) => at },
      status: { header: 'Status', value: ({ status }) => ({ number: status }) },
      method: { header: 'Method', value: ({ method }) => method },
      path: { header: 'Path', value: ({ path }) => path },
      durationMs: { header: 'Duration, ms', value: ({ durationMs }) => ({ number: durationMs }) },
      caller: { header: 'Caller', value: ({ caller }) => caller },
      callerName: { header: 'Caller (name)', value: ({ callerName }) => callerName },
      operation: { header: 'Operation', value: ({ operation }) => operation },
      idempotencyKey: { header: 'Idempotency key', value: ({ idempotencyKey }) => idempotencyKey },
      address: { header: 'Address', value: ({ address }) => address },
      requestId: { header: 'Request ID', value: ({ requestId }) => requestId },
    },
  },
});
