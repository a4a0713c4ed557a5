import { countHeadroom, headroomEdges, type HeadroomBar } from '../../../../storage/clients/overview.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { currency, currencyText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const headroomSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        currency: currencyText,
        bars: z.array(
          z.strictObject({
            fromPercent: z.number().nullable().openapi({ description: 'Inclusive; null: no lower end' }),
            toPercent: z.number().nullable().openapi({ description: 'Exclusive; null: no upper end' }),
            clients: z.int(),
          }),
        ),
        withoutThreshold: z
          .int()
          .openapi({ description: 'Clients without a threshold, or without a current exchange rate' }),
      }),
    ),
    serverTime: timeString,
  })
  .openapi('OverviewHeadroom');

export const readOverviewHeadroomOperation = defineOperation({
  id: 'readOverviewHeadroom',
  method: 'get',
  path: '/v1/overview/headroom',
  area: 'overview',
  summary: 'Get the headroom of clients as a histogram',
  description:
    'Active clients with a credit limit, by currency: (available − highest threshold) / threshold, in percent. A ' +
    'bar is the list `GET /v1/clients?currency=…&headroomFrom=…&headroomTo=…`.',
  scope: 'clients:read',
  request: { query: z.strictObject({ currency: currency.optional() }) },
  responses: { 200: { description: 'One histogram per currency', schema: headroomSchema } },
  async handler({ query, caller, now, scope }) {
    const at = new Date(now);
    const bars = await scope.read((q) => countHeadroom(q, caller.resellerId, { currency: query.currency ?? null }, at));
    const currencies = [...new Set(bars.map((bar) => bar.currency))];
    return ok({
      data: currencies.map((code) => histogram(code, bars)),
      serverTime: timeText(at),
    });
  },
});

function histogram(code: string, all: readonly HeadroomBar[]): z.input<typeof headroomSchema>['data'][number] {
  const clientsIn = (bar: number | null): number =>
    all.find((one) => one.currency === code && one.bar === bar)?.clients ?? 0;
  return {
    currency: code,
    bars: [...headroomEdges, null].map((edge, bar) => ({
      fromPercent: headroomEdges[bar - 1] ?? null,
      toPercent: edge,
      clients: clientsIn(bar),
    })),
    withoutThreshold: clientsIn(null),
  };
}
