import { formatMoney, moneyOf } from '../../../domain/money.js';
import { creditLimitHistoryList, type CreditLimitHistoryRow } from '../../../storage/credit/credit-limit.js';
import { defineList } from '../../contract/define-list.js';
import { idText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams } from './shared.js';

export const changeKinds = ['set', 'granted', 'started', 'changed', 'cancelled', 'reverted'] as const;

export const changeFields = {
  id: idText,
  at: timeString,
  kind: z.enum(changeKinds).openapi({
    description: '`set`: the permanent credit limit; the others are steps of a temporary credit',
  }),
  permanent: z.strictObject({ before: moneyText, after: moneyText }),
  temporary: z.strictObject({ before: moneyText, after: moneyText }),
  temporaryCreditId: idText.nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
};

const changeSchema = z.strictObject(changeFields).openapi('CreditLimitChange');

export const listCreditLimitHistoryOperation = defineList({
  id: 'listCreditLimitHistory',
  path: '/v1/clients/{id}/credit-limit/history',
  area: 'credit',
  summary: 'List a client’s credit limit changes',
  description: 'Permanent and temporary, newest first, with who and why.',
  scope: 'credit:read',
  params: creditParams,
  filters: {},
  sorts: ['id'],
  order: '-id',
  page: 'A page of changes',
  item: changeSchema,
  require: (input) => requireAccount(input, input.params.id),
  rows: (q, { params }) => creditLimitHistoryList(q, params.id),
  toJson: changeJson,
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
