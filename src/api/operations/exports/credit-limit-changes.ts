import { creditLimitChangeList } from '../../../storage/credit/credit-limit-changes.js';
import { changeFilterOf, changeItemJson, changeListQuery } from '../credit/list-credit-limit-changes.js';
import { defineExport } from './define.js';

export const exportCreditLimitChanges = defineExport({
  id: 'exportCreditLimitChanges',
  name: 'credit-limit-changes',
  what: 'changes of credit limits',
  scope: 'credit:read',
  query: changeListQuery,
  rows: ({ query, caller, context }) => creditLimitChangeList(context.sql, caller.resellerId, changeFilterOf(query)),
  toJson: changeItemJson,
  columns: {
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    at: { header: 'Time', value: ({ at }) => at },
    clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
    clientName: { header: 'Client', value: ({ clientName }) => clientName },
    kind: { header: 'What', value: ({ kind }) => kind },
    currency: { header: 'Currency', value: ({ currency }) => currency },
    permanentBefore: { header: 'Limit before', value: ({ permanent }) => ({ number: permanent.before }) },
    permanentAfter: { header: 'Limit after', value: ({ permanent }) => ({ number: permanent.after }) },
    temporaryBefore: { header: 'Lent before', value: ({ temporary }) => ({ number: temporary.before }) },
    temporaryAfter: { header: 'Lent after', value: ({ temporary }) => ({ number: temporary.after }) },
    actor: { header: 'Who', value: ({ actor }) => actor },
    actorName: { header: 'Name', value: ({ actorName }) => actorName },
    reason: { header: 'Why', value: ({ reason }) => reason },
  },
});
