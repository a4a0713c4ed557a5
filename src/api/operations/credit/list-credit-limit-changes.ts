import {
  creditLimitChangeList,
  type CreditLimitChangeFilter,
  type CreditLimitChangeRow,
} from '../../../storage/credit/credit-limit-changes.js';
import { readPage } from '../../../storage/system/paging.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
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

export const changeListQuery = listQuery(['id', 'at'], '-id').extend({
  clientId: reference.optional(),
  kind: oneOrMore(changeKinds)
    .optional()
    .openapi({ type: 'string', description: `Some of ${changeKinds.join(', ')}, separated by commas` }),
  actor: line(100).optional().openapi({ example: 'user:3' }),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Not included' }),
  q: line(200).optional().openapi({ description: 'Within the client’s name or the reason, without case' }),
});

export const listCreditLimitChangesOperation = defineOperation({
  id: 'listCreditLimitChanges',
  method: 'get',
  path: '/v1/credit-limit-changes',
  area: 'credit',
  summary: 'List the changes of all clients’ credit limits',
  description: 'Permanent and temporary, newest first, with who and why.',
  scope: 'credit:read',
  request: { query: changeListQuery },
  responses: { 200: { description: 'A page of changes', schema: pageOf(itemSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const wanted = creditLimitChangeList(context.sql, caller.resellerId, changeFilterOf(query));
    return listed(input, await readPage(context.sql, pageRequest(query), wanted), changeItemJson);
  },
});

type Asked = Omit<z.output<typeof changeListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function changeFilterOf(asked: Asked): CreditLimitChangeFilter {
  return {
    clientId: asked.clientId ?? null,
    kinds: asked.kind ?? [],
    actor: asked.actor ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
    q: asked.q ?? null,
  };
}

export function changeItemJson(row: CreditLimitChangeRow): z.input<typeof itemSchema> {
  const { clientId, clientName, currency, actorName } = row;
  return { ...changeJson(row), clientId, clientName, currency, actorName };
}
