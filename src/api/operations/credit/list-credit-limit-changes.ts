import { creditLimitChangeList, type CreditLimitChangeRow } from '../../../storage/credit/credit-limit-changes.js';
import { defineList } from '../../contract/define-list.js';
import { oneOrMore } from '../../contract/lists.js';
import { actorNameText, currencyText, idText, instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { changeFields, changeJson, changeKinds } from './list-credit-limit-history.js';

const itemSchema = z
  .strictObject({
    ...changeFields,
    clientId: idText,
    clientName: z.string(),
    currency: currencyText,
    actorName: actorNameText,
  })
  .openapi('CreditLimitChangeItem');

export const listCreditLimitChangesOperation = defineList({
  id: 'listCreditLimitChanges',
  path: '/v1/credit-limit-changes',
  area: 'credit',
  summary: 'List credit limit changes',
  description: 'Permanent and temporary, of all clients, newest first, with who and why.',
  scope: 'credit:read',
  filters: {
    clientId: reference.optional(),
    kind: oneOrMore(changeKinds).optional(),
    actor: line(100).optional().openapi({ example: 'user:3' }),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Exclusive' }),
    q: line(200).optional().openapi({ description: 'Part of the client’s name or of the reason, ignoring case' }),
  },
  sorts: ['id', 'at'],
  order: '-id',
  page: 'A page of changes',
  item: itemSchema,
  rows: (q, { filter, caller }) => creditLimitChangeList(q, caller.resellerId, filter),
  toJson: changeItemJson,
  csv: {
    id: 'exportCreditLimitChanges',
    name: 'credit-limit-changes',
    what: 'changes of credit limits',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      at: { header: 'Time', value: ({ at }) => at },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      kind: { header: 'Change', value: ({ kind }) => kind },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      permanentBefore: { header: 'Credit limit before', value: ({ permanent }) => ({ number: permanent.before }) },
      permanentAfter: { header: 'Credit limit after', value: ({ permanent }) => ({ number: permanent.after }) },
      temporaryBefore: { header: 'Temporary credit before', value: ({ temporary }) => ({ number: temporary.before }) },
      temporaryAfter: { header: 'Temporary credit after', value: ({ temporary }) => ({ number: temporary.after }) },
      actor: { header: 'Changed by', value: ({ actor }) => actor },
      actorName: { header: 'Changed by (name)', value: ({ actorName }) => actorName },
      reason: { header: 'Reason', value: ({ reason }) => reason },
    },
  },
});

function changeItemJson(row: CreditLimitChangeRow): z.output<typeof itemSchema> {
  const { clientId, clientName, currency, actorName } = row;
  return { ...changeJson(row), clientId, clientName, currency, actorName };
}
