import { DomainError } from '../../../../domain/errors.js';
import { userLocales, userRoles, userStatuses, type UserRow } from '../../../../storage/access/users.js';
import { emailAddress } from '../../../contract/emails.js';
import { maximumIncrease, maximumIncreaseJson, maximumIncreaseSchema } from '../../../access/maximum-increase.js';
import {
  idText,
  line,
  pathId,
  reason,
  reference,
  timeOrNull,
  timeString,
  timeText,
  timezone,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const userName = line(200).openapi({ example: 'Anna Example' });
export const userLocale = z
  .enum(userLocales)
  .nullable()
  .openapi({ type: ['string', 'null'], description: 'Language of the web page; null: as the browser says' });
export const userTimezone = timezone.nullable().openapi({
  type: ['string', 'null'],
  description: 'Of the web page; null: as the browser says',
  example: 'Europe/Kyiv',
});
const role = z.enum(userRoles).openapi({ description: 'What the user may do: GET /v1/roles', example: 'operator' });
const status = z.enum(userStatuses).openapi({
  description: '`disabled`: cannot log in, is logged out, and the user’s API keys are refused',
});

export const userBody = z
  .strictObject({
    name: userName,
    email: emailAddress,
    resellerId: reference.optional().openapi({ description: 'Whose employee; default: the caller’s reseller' }),
    role: role.default('viewer'),
    status: status.default('active'),
    locale: userLocale.default(null),
    timezone: userTimezone.default(null),
    maximumIncrease: maximumIncrease.nullish(),
    reason: reason.optional(),
  })
  .openapi('UserInput');

export const userPatch = z
  .strictObject({
    name: userName.optional(),
    email: emailAddress.optional(),
    role: role.optional(),
    status: status.optional(),
    locale: userLocale.optional(),
    timezone: userTimezone.optional(),
    maximumIncrease: maximumIncrease.nullish(),
    reason: reason.optional(),
  })
  .openapi('UserPatch');

export const userSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(userRoles),
    status: z.enum(userStatuses),
    canLogIn: z.boolean().openapi({ description: 'Has a password and is not disabled; others are only recipients' }),
    locale: z.enum(userLocales).nullable(),
    timezone: z.string().nullable(),
    maximumIncrease: maximumIncreaseSchema,
    lastLoginAt: timeString.nullable(),
    profiles: z.int().openapi({ description: 'Profiles that notify this user' }),
    version: z.int(),
    createdAt: timeString,
  })
  .openapi('User');

export const userParams = z.strictObject({ id: pathId });

export function userJson(row: UserRow): z.output<typeof userSchema> {
  const { id, resellerId, resellerName, name, email, role, status, locale, timezone, profiles, version } = row;
  return {
    ...{ id, resellerId, resellerName, name, email, role, status, locale, timezone, profiles, version },
    canLogIn: row.hasPassword && status === 'active',
    maximumIncrease: maximumIncreaseJson(row),
    lastLoginAt: timeOrNull(row.lastLoginAt),
    createdAt: timeText(row.createdAt),
  };
}

/** @throws DomainError `not_found` */
export function existing(row: UserRow | null, id: string): UserRow {
  if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
  return row;
}
