import { accountKinds, accountStatuses } from '../../../domain/accounts/accounts.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { clientAccountList, clientAccountSorts, readClientParts } from '../../../storage/accounts/accounts.js';
import { defineList } from '../../contract/define-list.js';
import { line, moneyText, orNull, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { accountJson, accountSchema } from './schema.js';

export const listAccountsOperation = defineList({
  id: 'listAccounts',
  path: '/v1/accounts',
  area: 'accounts',
  summary: 'List accounts under clients',
  scope: 'clients:read',
  filters: {
    q: line(200).optional().openapi({
      description: 'Beginning of the external id, ignoring case; `*` matches any text',
    }),
    clientId: reference.optional(),
    resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
    kind: z.enum(accountKinds).optional(),
    status: z.enum(accountStatuses).optional(),
  },
  sorts: clientAccountSorts,
  order: 'externalId',
  page: 'A page of accounts',
  item: accountSchema,
  rows: (q, { filter, caller, now }) => clientAccountList(q, caller.resellerId, filter, now),
  toJson: accountJson,
  include: {
    parts: {
      what: 'what the live balance of the client (`clientId`) consists of; null without a client',
      schema: orNull(
        z
          .strictObject({
            common: moneyText.openapi({ description: 'The part of no account' }),
            accounts: moneyText.openapi({ description: 'The sum of the balances of its accounts' }),
          })
          .openapi('ClientBalanceParts'),
      ),
      async beside(q, { filter, caller }) {
        const parts = filter.clientId === null ? null : await readClientParts(q, caller.resellerId, filter.clientId);
        return parts && { common: formatMoney(moneyOf(parts.common)), accounts: formatMoney(moneyOf(parts.accounts)) };
      },
    },
  },
  csv: {
    id: 'exportAccounts',
    name: 'accounts',
    what: 'accounts under clients',
    columns: {
      externalId: { header: 'Account', value: ({ externalId }) => externalId },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      status: { header: 'Status', value: ({ status }) => status },
      expiresOn: { header: 'Expires on', value: ({ expiresOn }) => expiresOn },
      balance: { header: 'Balance', value: ({ balance }) => (balance === null ? null : { number: balance }) },
      creditLimit: { header: 'Credit limit', value: ({ creditLimit }) => ({ number: creditLimit }) },
      available: { header: 'Available', value: ({ available }) => (available === null ? null : { number: available }) },
      dailyTransferLimit: {
        header: 'Daily transfer limit',
        value: ({ dailyTransferLimit }) => (dailyTransferLimit === null ? null : { number: dailyTransferLimit }),
      },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
