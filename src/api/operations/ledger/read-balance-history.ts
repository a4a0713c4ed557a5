import { dayMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { readBalanceHistory } from '../../../storage/ledger/balance-history.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, instant, moneyText, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from './shared.js';

const mostPoints = 500;
const defaultDays = 30;

const historySchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    from: timeString,
    to: timeString,
    opening: moneyText,
    closing: moneyText,
    dataSince: timeString.openapi({
      description: 'First ledger entry, or the creation of the client: there are no earlier data',
    }),
    points: z.array(
      z.strictObject({
        at: timeString,
        min: moneyText,
        max: moneyText,
        last: moneyText,
        entries: z.int(),
      }),
    ),
    serverTime: timeString,
  })
  .openapi('BalanceHistory');

export const readBalanceHistoryOperation = defineOperation({
  id: 'readBalanceHistory',
  method: 'get',
  path: '/v1/clients/{id}/balance-history',
  area: 'ledger',
  summary: 'Get the history of a client’s live balance',
  description:
    'By the time of the entries, in up to `points` intervals of equal length; each keeps its lowest, highest, ' +
    'and last balance, so every peak stays visible. Intervals without entries are left out: the balance stays. ' +
    `Default: the last ${defaultDays} days.`,
  scope: 'clients:read',
  request: {
    params: z.strictObject({ id: pathId }),
    query: z.strictObject({
      from: instant.optional(),
      to: instant.optional(),
      points: z
        .string()
        .regex(/^\d{1,3}$/, 'must be a whole number')
        .transform(Number)
        .pipe(z.int().min(1).max(mostPoints))
        .default(mostPoints)
        .openapi({ type: 'integer', minimum: 1, maximum: mostPoints, default: mostPoints }),
    }),
  },
  responses: { 200: { description: 'The history', schema: historySchema } },
  async handler({ params, query, scope, now }) {
    const account = await requireAccount({ scope, now }, params.id);
    const to = query.to ?? new Date(now);
    const from = query.from ?? new Date(to.getTime() - defaultDays * dayMs);
    if (from >= to) throw new DomainError('invalid', 'must be before `to`', '/query/from');
    const history = await scope.readSnapshot((tx) => readBalanceHistory(tx, params.id, from, to, query.points));
    return ok({
      clientId: account.clientId,
      currency: account.currency,
      from: timeText(from),
      to: timeText(to),
      opening: history.opening,
      closing: history.closing,
      dataSince: timeText(history.since),
      points: history.points.map((point) => ({ ...point, at: timeText(point.at) })),
      serverTime: timeText(new Date(now)),
    });
  },
});
