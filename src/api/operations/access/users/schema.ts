import { DomainError } from '../../../../domain/errors.js';
import { userRoles } from '../../../../domain/access/roles.js';
import { userLocales, userStatuses, type UserRow } from '../../../../storage/access/users.js';
import { emailAddress } from '../../../contract/emails.js';
import {
  maximumCreditLimit,
  maximumCreditLimitJson,
  maximumCreditLimitSchema,
} from '../../../access/maximum-credit-limit.js';
import { maximumIncrease, maximumIncreaseJson, maximumIncreaseSchema } from '../../../access/maximum-increase.js';
import { patchShape } from '../../../contract/patch-shape.js';
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
  .openapi({ type: ['string', 'null'], description: 'Language of the web page; null: browser default' });
export const userTimezone = timezone.nullable().openapi({
  type: ['string', 'null'],
  description: 'Time zone of the web page; null: browser default',
  example: 'Europe/Kyiv',
});
const role = z.enum(userRoles).openapi({ description: 'Role with its scopes: GET /v1/roles', example: 'operator' });
const status = z.enum(userStatuses).openapi({
  description: '`disabled`: cannot log in, is logged out, and API keys of the user are rejected',
});

const userFields = {
  name: userName,
  email: emailAddress,
  role: role.default('viewer'),
  status: status.default('active'),
  locale: userLocale.default(null),
  timezone: userTimezone.default(null),
  maximumIncrease: maximumIncrease.nullish(),
  maximumCreditLimit,
};

export const userBody = z
  .strictObject({
    ...userFields,
    resellerId: reference.optional().openapi({ description: 'Reseller of the user; default: the caller’s' }),
    sendInvitation: z
      .boolean()
      .default(false)
      .openapi({ description: 'Email the user a link to set a password, as POST /v1/users/{id}/invite does' }),
    reason: reason.optional(),
  })
  .openapi('UserInput');

export const userPatch = z.strictObject({ ...patchShape(userFields), reason: reason.optional() }).openapi('UserPatch');

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
    secondFactor: z.boolean().openapi({ description: 'Logs in with an authenticator app, too' }),
    invitation: z
      .strictObject({
        status: z.enum(['pending', 'accepted', 'uncertain', 'failed']).openapi({
          description: 'Of its email: waiting, accepted by the mail server, perhaps sent, or refused',
        }),
        requestedAt: timeString,
        expiresAt: timeString.nullable().openapi({ description: 'Until when its link works; null: not sent yet' }),
      })
      .nullable()
      .openapi({
        description: 'The newest one; null: none, or it has ended with a password, another address, or being disabled',
      }),
    locale: z.enum(userLocales).nullable(),
    timezone: z.string().nullable(),
    maximumIncrease: maximumIncreaseSchema,
    maximumCreditLimit: maximumCreditLimitSchema,
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
    secondFactor: row.hasSecondFactor,
    invitation: row.invitation && {
      status: row.invitation.status,
      requestedAt: timeText(new Date(row.invitation.requestedAt)),
      expiresAt: row.invitation.expiresAt === null ? null : timeText(new Date(row.invitation.expiresAt)),
    },
    maximumIncrease: maximumIncreaseJson(row),
    maximumCreditLimit: maximumCreditLimitJson(row),
    lastLoginAt: timeOrNull(row.lastLoginAt),
    createdAt: timeText(row.createdAt),
  };
}

/** @throws DomainError `not_found` */
export function existing(row: UserRow | null, id: string): UserRow {
  if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
  return row;
}
