import { accountKinds } from '../../../../domain/accounts/accounts.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { recordTransfer } from '../../../../services/accounts/record-transfer.js';
import { readPanelAccounts } from '../../../../storage/panel/panel-data.js';
import { panelTransfers, type PanelTransferRow } from '../../../../storage/panel/panel-lists.js';
import { created, ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import {
  currencyText,
  idText,
  line,
  money,
  moneyText,
  reference,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { keyHeader } from '../../accounts/transfer-schema.js';
import { definePanelList } from '../panel-list.js';

/** More accounts than a person chooses from. */
const mostAccounts = 500;

const accountSchema = z
  .strictObject({
    id: idText,
    externalId: z.string().openapi({ example: '380501234567' }),
    kind: z.enum(accountKinds),
    blocked: z.boolean(),
    balance: moneyText,
    creditLimit: moneyText,
  })
  .openapi('PanelAccount');

export const listPanelAccountsOperation = definePanelOperation({
  id: 'listPanelAccounts',
  method: 'get',
  path: '/v1/panel/accounts',
  area: 'panel',
  summary: 'List the own accounts',
  description: `Those that are not closed, by name, up to ${mostAccounts}.`,
  responses: { 200: { description: 'The accounts', schema: z.strictObject({ data: z.array(accountSchema) }) } },
  async handler({ caller, scope }) {
    const rows = await scope.read((q) => readPanelAccounts(q, caller.clientId, mostAccounts));
    return ok({
      data: rows.map(({ id, externalId, kind, status, balance, creditLimit }) => ({
        ...{ id, externalId, kind, blocked: status === 'blocked' },
        balance: formatMoney(moneyOf(balance)),
        creditLimit: formatMoney(moneyOf(creditLimit)),
      })),
    });
  },
});

const transferSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    fromAccount: z.string(),
    toAccount: z.string(),
    amount: moneyText,
    currency: currencyText,
    isUndo: z.boolean().openapi({ description: 'It takes an earlier transfer back' }),
  })
  .openapi('PanelTransfer');

function transferJson({ at, amount, ...row }: PanelTransferRow): z.output<typeof transferSchema> {
  const { id, fromAccount, toAccount, currency, isUndo } = row;
  return { id, at: timeText(at), fromAccount, toAccount, amount: formatMoney(moneyOf(amount)), currency, isUndo };
}

export const listPanelTransfersOperation = definePanelList({
  id: 'listPanelTransfers',
  path: '/v1/panel/transfers',
  summary: 'List transfers between the own accounts',
  item: transferSchema,
  rows: panelTransfers,
  toJson: transferJson,
});

export const createPanelTransferOperation = definePanelOperation({
  id: 'createPanelTransfer',
  method: 'post',
  path: '/v1/panel/transfers',
  area: 'panel',
  summary: 'Transfer an amount between the own accounts',
  description: 'Only where transfers are allowed for the client. An account of another client is not found.',
  request: {
    headers: keyHeader,
    body: z
      .strictObject({ fromAccountId: reference, toAccountId: reference, amount: money(), note: line(500).optional() })
      .openapi('PanelTransferInput'),
  },
  example: { fromAccountId: '7', toAccountId: '8', amount: '10.00' },
  responses: { 201: { description: 'Transferred', schema: transferSchema } },
  problems: [
    'not_found',
    'client_deleted',
    'transfer_same_account',
    'transfer_not_allowed',
    'transfer_kind',
    'transfer_inactive',
    'transfer_amount',
    'transfer_daily_limit',
    'insufficient_funds',
    'conflict',
  ],
  async handler({ body, caller, context, requester, dedupeId }) {
    const { amount, note = null, ...accounts } = body;
    const { transfer } = await recordTransfer(requester, {
      ...accounts,
      amount: moneyOf(amount),
      currency: caller.currency,
      note,
      requestId: dedupeId,
    });
    context.live.touch([caller.clientId]);
    const { id, at, fromExternalId: fromAccount, toExternalId: toAccount, currency, undoes } = transfer;
    const row = { id, at, fromAccount, toAccount, currency, isUndo: undoes !== null, amount: transfer.amount };
    return created(`/v1/panel/transfers`, transferJson(row));
  },
});
