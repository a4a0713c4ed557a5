import { creditRequestKinds, creditRequestStatuses } from '../../../../domain/credit/credit-requests.js';
import { creditRequestList, creditRequestSorts } from '../../../../storage/credit/credit-requests-read.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { line, reference } from '../../../contract/schemas.js';
import { creditRequestJson, creditRequestSchema } from './schema.js';

export const listCreditRequestsOperation = defineList({
  id: 'listCreditRequests',
  path: '/v1/credit-requests',
  area: 'credit',
  summary: 'List credit requests',
  description: 'Credit above the maximum of who asked for it, newest first.',
  scope: 'credit:read',
  filters: {
    clientId: reference.optional(),
    kind: oneOrMore(creditRequestKinds).optional(),
    status: oneOrMore(creditRequestStatuses).optional(),
    requestedBy: line(100).optional().openapi({ example: 'user:3' }),
    q: line(200).optional().openapi({ description: 'Part of the client’s name or of the reason, ignoring case' }),
  },
  sorts: creditRequestSorts,
  order: '-id',
  page: 'A page of credit requests',
  item: creditRequestSchema,
  rows: (q, { filter, caller }) => creditRequestList(q, caller.resellerId, filter),
  toJson: creditRequestJson,
  csv: {
    id: 'exportCreditRequests',
    name: 'credit-requests',
    what: 'credit requests',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      status: { header: 'Status', value: ({ status }) => status },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      percent: { header: 'Percent of credit limit', value: ({ percent }) => ({ number: percent }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      creditLimit: { header: 'Credit limit', value: ({ creditLimit }) => ({ number: creditLimit }) },
      validFrom: { header: 'From', value: ({ validFrom }) => validFrom },
      validUntil: { header: 'Valid until', value: ({ validUntil }) => validUntil },
      reason: { header: 'Reason', value: ({ reason }) => reason },
      requestedBy: { header: 'Requested by', value: ({ requestedBy }) => requestedBy },
      requestedByName: { header: 'Requested by (name)', value: ({ requestedByName }) => requestedByName },
      createdAt: { header: 'Requested', value: ({ createdAt }) => createdAt },
      expiresAt: { header: 'Expires', value: ({ expiresAt }) => expiresAt },
      approvedAmount: { header: 'Approved amount', value: ({ approved }) => ({ number: approved?.amount ?? null }) },
      approvedUntil: { header: 'Approved until', value: ({ approved }) => approved?.validUntil },
      decidedBy: { header: 'Decided by', value: ({ decidedBy }) => decidedBy },
      decidedByName: { header: 'Decided by (name)', value: ({ decidedByName }) => decidedByName },
      decidedAt: { header: 'Decided', value: ({ decidedAt }) => decidedAt },
      decisionReason: { header: 'Reason of the decision', value: ({ decisionReason }) => decisionReason },
      failure: { header: 'Failure', value: ({ failure }) => failure },
      temporaryCreditId: {
        header: 'Temporary credit ID',
        value: ({ temporaryCreditId }) => ({ number: temporaryCreditId }),
      },
    },
  },
});
