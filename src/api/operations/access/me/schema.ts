import { userRoles } from '../../../../domain/access/roles.js';
import { userLocales } from '../../../../storage/access/users.js';
import type { Caller, UserCaller } from '../../../context.js';
import { maximumCreditLimitJson, maximumCreditLimitSchema } from '../../../access/maximum-credit-limit.js';
import { maximumIncreaseJson, maximumIncreaseSchema } from '../../../access/maximum-increase.js';
import type { Operation } from '../../../contract/operation.js';
import { refusalOf } from '../../../access/rights.js';
import { idText, orNull } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { preferencesJson, preferencesSchema } from './preferences.js';

export const meSchema = z
  .strictObject({
    kind: z.enum(['user', 'key']),
    id: idText.openapi({ description: 'Id of the user or of the API key' }),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(userRoles).nullable(),
    resellerId: idText,
    resellerName: z.string(),
    isOperator: z.boolean().openapi({ description: 'Belongs to the operator and sees all resellers' }),
    scopes: z.array(z.string()).openapi({ description: '`*`: all scopes' }),
    maximumIncrease: maximumIncreaseSchema,
    maximumCreditLimit: maximumCreditLimitSchema,
    locale: z.enum(userLocales).nullable(),
    timezone: z.string().nullable(),
    preferences: orNull(preferencesSchema),
    permissions: z.array(z.string()).openapi({ description: 'operationIds that this caller may call' }),
  })
  .openapi('Me');

/** @param operations all of them */
export function meJson(caller: Caller, operations: readonly Operation[]): z.output<typeof meSchema> {
  const { kind, name, resellerId, resellerName, isOperator } = caller;
  const permissions = operations
    .filter((operation) => operation.scope !== null && refusalOf(operation, caller) === null)
    .map(({ id }) => id);
  return {
    ...{ kind, name, resellerId, resellerName, isOperator, permissions },
    scopes: [...caller.scopes],
    maximumIncrease: maximumIncreaseJson(caller.cap),
    maximumCreditLimit: maximumCreditLimitJson(caller.limitCap),
    ...(caller.kind === 'user' ? ofUser(caller) : { ...ofNobody, id: caller.keyId }),
  };
}

type Own = Pick<z.output<typeof meSchema>, 'id' | 'email' | 'role' | 'locale' | 'timezone' | 'preferences'>;

function ofUser({ userId, email, role, locale, timezone, preferences }: UserCaller): Own {
  return { id: userId, email, role, locale, timezone, preferences: preferencesJson(preferences) };
}

const ofNobody = { email: null, role: null, locale: null, timezone: null, preferences: null } as const;
