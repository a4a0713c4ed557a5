import { formatMoney, moneyOf } from '../../../domain/money.js';
import { listCreditLimitHistory, type CreditLimitHistoryRow } from '../../../storage/credit/credit-limit.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams } from './shared.js';

export const changeKinds = ['set', 'granted', 'started', 'changed', 'cancelled', 'reverted'] as const;

export const changeFields = {
  id: idText,
  at: timeString,
  kind: z.enum(changeKinds).openapi({
    description: '`set`: the permanent limit; the others are steps of a temporary credit',
  }),
  permanent: z.strictObject({ before: moneyText, after: moneyText }),
  temporary: z.strictObject({ before: moneyText, after: moneyText }),
  temporaryCreditId: idText.nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
};

const changeSchema = z.strictObject(changeFields).openapi('CreditLimitChange');

export const listCreditLimitHistoryOperation = defineOperation({
  id: 'listCreditLimitHistory',
  method: 'get',
  path: '/v1/clients/{id}/credit-limit/history',
  area: 'credit',
  summary: 'List the changes of a client’s credit limit',
  description: 'Permanent and temporary, newest first, with who and why (manual: Credit Limit History).',
  scope: 'credit:read',
  request: { params: creditParams, query: listQuery(['id'], '-id') },
  responses: { 200: { description: 'A page of changes', schema: pageOf(changeSchema) } },
  async handler({ params, query, context, scope, now, url }) {
    await requireAccount({ scope, now }, params.id);
    const page = await listCreditLimitHistory(context.sql, params.id, pageRequest(query));
    return listed({ url, now }, page, changeJson);
  },
});

export function changeJson(row: CreditLimitHistoryRow): z.input<typeof changeSchema> {
  return {
    id: row.id,
    at: timeText(row.at),
    kind: row.kind,
    permanent: { before: text(row.permanentBefore), after: text(row.permanentAfter) },
    temporary: { before: text(row.temporaryBefore), after: text(row.temporaryAfter) },
    temporaryCreditId: row.grantId,
    actor: row.actor,
    reason: row.reason,
  };
}

function text(amount: string): string {
  return formatMoney(moneyOf(amount));
}
