import { clientStates } from '../../../../domain/monitoring/client-state.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { estimateRunway } from '../../../../domain/clients/runway.js';
import { shortestRunways } from '../../../../storage/clients/runway.js';
import { ok } from '../../../contract/answers.js';
import { wholeNumber } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { currency, idText, moneyObject, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { runwayJson } from '../../clients/runway.js';
import { runwaySchema } from '../../clients/schema.js';

const rowsByDefault = 10;

const shortestSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        clientId: idText,
        name: z.string(),
        state: z.enum(clientStates),
        available: moneyObject,
        runway: runwaySchema,
      }),
    ),
    serverTime: timeString,
  })
  .openapi('OverviewRunway');

export const readOverviewRunwayOperation = defineOperation({
  id: 'readOverviewRunway',
  method: 'get',
  path: '/v1/overview/runway',
  area: 'overview',
  summary: 'List the clients with the shortest runway',
  description:
    'Active clients with a positive available balance, charges on at least 3 days, and one of them within the ' +
    'last 7 days. Runway assumes charges as in these 7 days.',
  scope: 'clients:read',
  request: {
    query: z.strictObject({ limit: wholeNumber(1, 100).optional(), currency: currency.optional() }),
  },
  responses: { 200: { description: 'Shortest runway first', schema: shortestSchema } },
  async handler({ query, caller, now, scope }) {
    const filter = { currency: query.currency ?? null, limit: query.limit ?? rowsByDefault };
    const rows = await scope.read((q) => shortestRunways(q, caller.resellerId, filter, now));
    return ok({
      data: rows.map((row) => ({
        clientId: row.clientId,
        name: row.name,
        state: row.state,
        available: { amount: formatMoney(moneyOf(row.available)), currency: row.currency },
        runway: runwayJson(estimateRunway(moneyOf(row.available), row.spending, now), row.currency, now),
      })),
      serverTime: timeText(new Date(now)),
    });
  },
});
