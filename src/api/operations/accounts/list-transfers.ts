import { transferList, transferSorts } from '../../../storage/accounts/transfers.js';
import { amountFilter, requireCurrency } from '../../contract/amount-filters.js';
import { defineList } from '../../contract/define-list.js';
import { currency, instant, line, reference } from '../../contract/schemas.js';
import { transferJson, transferSchema } from './transfer-schema.js';

export const listTransfersOperation = defineList({
  id: 'listTransfers',
  path: '/v1/transfers',
  area: 'accounts',
  summary: 'List transfers between accounts',
  description: 'Newest first. `amountFrom` and `amountTo` are inclusive and need `currency`.',
  scope: 'payments:read',
  filters: {
    q: line(200).optional().openapi({
      description: 'Beginning of the external id of either account, ignoring case; `*` matches any text',
    }),
    clientId: reference.optional().openapi({ description: 'Of either account' }),
    accountId: reference.optional().openapi({ description: 'Either account' }),
    resellerId: reference.optional().openapi({ description: 'Of either client, with its sub-resellers' }),
    currency: currency.optional(),
    amountFrom: amountFilter.optional(),
    amountTo: amountFilter.optional(),
    from: instant.optional().openapi({ description: 'Recorded then or later' }),
    to: instant.optional().openapi({ description: 'Recorded before then' }),
  },
  sorts: transferSorts,
  order: '-at',
  page: 'A page of transfers',
  item: transferSchema,
  rows(q, { filter, caller }) {
    requireCurrency(filter, ['amountFrom', 'amountTo']);
    return transferList(q, caller.resellerId, filter);
  },
  toJson: transferJson,
  csv: {
    id: 'exportTransfers',
    name: 'transfers',
    what: 'transfers between accounts',
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      from: { header: 'From account', value: ({ from }) => from.externalId },
      fromClient: { header: 'From client', value: ({ from }) => from.clientName },
      fromClientId: { header: 'From client ID', value: ({ from }) => ({ number: from.clientId }) },
      to: { header: 'To account', value: ({ to }) => to.externalId },
      toClient: { header: 'To client', value: ({ to }) => to.clientName },
      toClientId: { header: 'To client ID', value: ({ to }) => ({ number: to.clientId }) },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      currency: { header: 'Currency', value: (transfer) => transfer.currency },
      fromBalanceAfter: { header: 'From balance after', value: ({ from }) => ({ number: from.balanceAfter }) },
      toBalanceAfter: { header: 'To balance after', value: ({ to }) => ({ number: to.balanceAfter }) },
      source: { header: 'Source', value: ({ source }) => source },
      sourceName: { header: 'Recorded by', value: ({ source, sourceName }) => sourceName ?? source },
      note: { header: 'Note', value: ({ note }) => note },
      undoes: { header: 'Undoes', value: ({ undoes }) => undoes },
      undoneBy: { header: 'Undone by', value: ({ undoneBy }) => undoneBy },
    },
  },
});
