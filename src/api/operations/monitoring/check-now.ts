import { formatMoney, moneyOf } from '../../../domain/money.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, moneyText, reason, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { reasonSchema } from './rule-views.js';
import { clientStateSchema, monitorParams, refuseDeleted, requireMonitor, updateProblems } from './shared.js';

const checkedSchema = z
  .strictObject({
    clientId: idText,
    at: timeString,
    state: clientStateSchema,
    available: moneyText.nullable(),
    currency: currencyText,
    verdicts: z.array(
      z.strictObject({
        rule: z.string(),
        reason: reasonSchema,
        number: z
          .int()
          .optional()
          .openapi({ description: 'With `sent`: number of the notification in its counter run' }),
      }),
    ),
    serverTime: timeString,
  })
  .openapi('CheckResult');

export const checkNowOperation = defineOperation({
  id: 'checkNow',
  method: 'post',
  path: '/v1/clients/{id}/monitor/check',
  area: 'monitor',
  summary: 'Check a client now',
  description:
    'Evaluates all rules. Due notifications are sent, at least one period apart. The schedule does not change.',
  scope: 'monitor:write',
  request: { params: monitorParams, body: z.strictObject({ reason: reason.optional() }).default({}) },
  example: { reason: 'the client is on the phone' },
  responses: { 200: { description: 'Checked', schema: checkedSchema } },
  problems: ['client_deleted', ...updateProblems],
  async handler(input) {
    const { params, body, caller, context, now, updateId } = input;
    const { account } = await requireMonitor(input, params.id);
    refuseDeleted(account);
    const asked = { actor: caller.actor, ...(body.reason !== undefined && { reason: body.reason }) };
    const result = await context.temporal.checkNow(params.id, asked, updateId);
    return ok({
      clientId: params.id,
      at: timeText(new Date(result.at)),
      state: result.state,
      available: result.available === null ? null : formatMoney(moneyOf(result.available)),
      currency: account.currency,
      verdicts: result.verdicts.map((verdict) => ({
        rule: verdict.rule,
        reason: verdict.reason,
        ...(verdict.number !== undefined && { number: verdict.number }),
      })),
      serverTime: timeText(new Date(now)),
    });
  },
});
