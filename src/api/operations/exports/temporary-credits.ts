import { temporaryCreditList } from '../../../storage/credit/temporary-credits-read.js';
import { grantFilterOf, grantListQuery } from '../credit/list-temporary-credits.js';
import { grantItemJson } from '../credit/shared.js';
import { defineExport } from './define.js';

export const exportTemporaryCredits = defineExport({
  id: 'exportTemporaryCredits',
  name: 'temporary-credits',
  what: 'temporary credits',
  scope: 'credit:read',
  query: grantListQuery,
  rows: ({ query, caller, context, now }) =>
    temporaryCreditList(context.sql, caller.resellerId, grantFilterOf(query), now),
  toJson: grantItemJson,
  columns: {
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
    clientName: { header: 'Client', value: ({ clientName }) => clientName },
    amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
    percent: { header: '% of the limit', value: ({ percent }) => ({ number: percent }) },
    currency: { header: 'Currency', value: ({ currency }) => currency },
    creditLimit: { header: 'Permanent limit', value: ({ creditLimit }) => ({ number: creditLimit }) },
    validFrom: { header: 'From', value: ({ validFrom }) => validFrom },
    validUntil: { header: 'Until', value: ({ validUntil }) => validUntil },
    status: { header: 'Status', value: ({ status }) => status },
    reason: { header: 'Reason', value: ({ reason }) => reason },
    grantedBy: { header: 'Granted by', value: ({ grantedBy }) => grantedBy },
    grantedByName: { header: 'Granted by (name)', value: ({ grantedByName }) => grantedByName },
    createdAt: { header: 'Granted', value: ({ createdAt }) => createdAt },
    warnedAt: { header: 'Warned', value: ({ warnedAt }) => warnedAt },
    endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
  },
});
