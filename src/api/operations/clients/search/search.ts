import { clientIdOfMonitor } from '../../../../contract/ids.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { clientStates } from '../../../../domain/monitoring/client-state.js';
import { clientStatuses } from '../../../../storage/clients/clients.js';
import { findClients, findMails, findPayments, findProfiles } from '../../../../storage/clients/search.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import {
  currencyText,
  idText,
  line,
  moneyObject,
  moneyOrUnlimited,
  orNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { allows, type WantedScope } from '../../../../domain/access/scopes.js';
import { z } from '../../../contract/zod.js';

const foundSchema = z
  .strictObject({
    clients: z.array(
      z.strictObject({
        id: idText,
        name: z.string(),
        billingEmail: z.string().nullable(),
        externalId: z.string().nullable(),
        status: z.enum(clientStatuses),
        state: z.enum(clientStates),
        available: orNull(moneyOrUnlimited).openapi({ description: 'null: unknown' }),
      }),
    ),
    profiles: z.array(z.strictObject({ id: idText, name: z.string(), currency: currencyText })),
    payments: z.array(
      z.strictObject({
        id: z.string().openapi({ description: 'As the payment system sent it' }),
        clientId: idText,
        clientName: z.string(),
        amount: moneyObject,
        at: timeString,
      }),
    ),
    notifications: z.array(
      z.strictObject({
        id: idText,
        messageId: z.string(),
        clientId: idText,
        clientName: z.string(),
        subject: z.string().nullable(),
        at: timeString,
      }),
    ),
    serverTime: timeString,
  })
  .openapi('SearchResult');

export const searchOperation = defineOperation({
  id: 'search',
  method: 'get',
  path: '/v1/search',
  area: 'search',
  summary: 'Search clients, profiles, payments, and notifications',
  description:
    'Up to 8 of each: clients by name, id, email, external id, or workflow id (`monitor/7`); profiles by name or ' +
    'id; payments by the payment system’s id; notifications by Message-ID. Omits what the caller has no scope to ' +
    'read. An empty `q` returns empty lists.',
  scope: 'any',
  request: { query: z.strictObject({ q: line(200, 0).default('') }) },
  responses: { 200: { description: 'The matches', schema: foundSchema } },
  async handler({ query, caller, now, scope }) {
    const { q: text } = query;
    const ask = async <T>(scope: WantedScope, find: () => Promise<readonly T[]>): Promise<readonly T[]> =>
      text !== '' && allows(caller.scopes, scope) ? find() : [];
    const within = caller.resellerId;
    const [clients, profiles, payments, mails] = await Promise.all([
      ask('clients:read', () => scope.read((q) => findClients(q, within, text, clientIdIn(text), new Date(now)))),
      ask('profiles:read', () => scope.read((q) => findProfiles(q, within, text))),
      ask('payments:read', () => scope.read((q) => findPayments(q, within, text))),
      ask('notifications:read', () => scope.read((q) => findMails(q, within, text))),
    ]);
    return ok({
      clients: clients.map(({ available, isUnlimited, currency, ...client }) => ({
        ...client,
        available: isUnlimited ? { unlimited: true as const, currency } : inCurrency(available, currency),
      })),
      profiles,
      payments: payments.map(({ amount, currency, at, ...payment }) => ({
        ...payment,
        amount: { amount: formatMoney(moneyOf(amount)), currency },
        at: timeText(at),
      })),
      notifications: mails.map((mail) => ({ ...mail, at: timeText(mail.at) })),
      serverTime: timeText(new Date(now)),
    });
  },
});

function inCurrency(amount: string | null, currency: string): { amount: string; currency: string } | null {
  return amount === null ? null : { amount: formatMoney(moneyOf(amount)), currency };
}

/** An id that the text is, or that is part of a workflow id. */
function clientIdIn(text: string): string | null {
  const id = clientIdOfMonitor(text) ?? text;
  return /^[1-9]\d{0,17}$/.test(id) ? id : null;
}
