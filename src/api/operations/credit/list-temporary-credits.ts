import { grantStatuses } from '../../../domain/credit/grants.js';
import { temporaryCreditList, temporaryCreditSorts } from '../../../storage/credit/temporary-credits-read.js';
import { defineList } from '../../contract/define-list.js';
import { oneOrMore, wholeNumber } from '../../contract/lists.js';
import { currency, instant, line, reference } from '../../contract/schemas.js';
import { grantItemJson, grantItemSchema } from './shared.js';

export const listTemporaryCreditsOperation = defineList({
  id: 'listTemporaryCredits',
  path: '/v1/temporary-credits',
  area: 'credit',
  summary: 'List temporary credits',
  description: 'Latest start first. `from` and `to`: valid at some time in this range.',
  scope: 'credit:read',
  filters: {
    clientId: reference.optional(),
    status: oneOrMore(grantStatuses).optional(),
    from: instant.optional(),
    to: instant.optional(),
    expiringWithinDays: wholeNumber(1, 3660)
      .optional()
      .openapi({ description: 'Scheduled or active, and ending within this many days' }),
    currency: currency.optional(),
    grantedBy: line(100).optional().openapi({ example: 'key:3' }),
    q: line(200).optional().openapi({ description: 'Part of the client’s name or of the reason, ignoring case' }),
  },
  sorts: temporaryCreditSorts,
  order: '-validFrom',
  page: 'A page of temporary credits',
  item: grantItemSchema,
  rows: (q, { filter, caller, now }) => temporaryCreditList(q, caller.resellerId, filter, now),
  toJson: grantItemJson,
  csv: {
    id: 'exportTemporaryCredits',
    name: 'temporary-credits',
    what: 'temporary credits',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      percent: { header: 'Percent of credit limit', value: ({ percent }) => ({ number: percent }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      creditLimit: { header: 'Credit limit', value: ({ creditLimit }) => ({ number: creditLimit }) },
      validFrom: { header: 'From', value: ({ validFrom }) => validFrom },
      validUntil: { header: 'Valid until', value: ({ validUntil }) => validUntil },
      status: { header: 'Status', value: ({ status }) => status },
      reason: { header: 'Reason', value: ({ reason }) => reason },
      grantedBy: { header: 'Granted by', value: ({ grantedBy }) => grantedBy },
      grantedByName: { header: 'Granted by (name)', value: ({ grantedByName }) => grantedByName },
      createdAt: { header: 'Granted', value: ({ createdAt }) => createdAt },
      warnedAt: { header: 'Expiry notification', value: ({ warnedAt }) => warnedAt },
      endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
    },
  },
});
