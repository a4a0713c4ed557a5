import { readLoginSettings } from '../../../../../storage/access/login-settings.js';
import { readSecondFactorState } from '../../../../../storage/access/second-factors.js';
import { ok } from '../../../../contract/answers.js';
import { defineSessionOperation } from '../../../../contract/operation.js';
import { timeOrNull, timeString } from '../../../../contract/schemas.js';
import { z } from '../../../../contract/zod.js';

const stateSchema = z
  .strictObject({
    enabledAt: timeString.nullable().openapi({ description: 'null: the login asks for the password alone' }),
    recoveryCodesLeft: z.int(),
    required: z.boolean().openapi({ description: 'The role needs it: it cannot be turned off' }),
    available: z.boolean().openapi({ description: 'The installation can keep the secrets of apps: SECRET_KEY is set' }),
  })
  .openapi('SecondFactor');

export const readSecondFactorOperation = defineSessionOperation({
  id: 'readSecondFactor',
  method: 'get',
  path: '/v1/me/second-factor',
  area: 'me',
  summary: 'Read the own second factor',
  responses: { 200: { description: 'Whether one is in use', schema: stateSchema } },
  async handler({ caller, context, scope }) {
    const [state, { secondFactorRoles }] = await scope.read(
      async (q) => [await readSecondFactorState(q, caller.userId), await readLoginSettings(q)] as const,
    );
    return ok({
      enabledAt: timeOrNull(state.enabledAt),
      recoveryCodesLeft: state.recoveryCodesLeft,
      required: secondFactorRoles.includes(caller.role),
      available: context.config.SECRET_KEY !== undefined,
    });
  },
});
