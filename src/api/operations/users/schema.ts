import { DomainError } from '../../../domain/errors.js';
import type { UserRow } from '../../../storage/users.js';
import { emailAddress } from '../../emails.js';
import { idText, line, pathId, reason, reference, timeString, timeText } from '../../schemas.js';
import { z } from '../../zod.js';

const name = line(200).openapi({ example: 'Anna Example' });

export const userBody = z
  .strictObject({
    name,
    email: emailAddress,
    resellerId: reference.optional().openapi({ description: 'Whose employee; default: the caller’s reseller' }),
    reason: reason.optional(),
  })
  .openapi('UserInput');

export const userPatch = z
  .strictObject({ name: name.optional(), email: emailAddress.optional(), reason: reason.optional() })
  .openapi('UserPatch');

export const userSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    email: z.string(),
    profiles: z.int().openapi({ description: 'Profiles that notify this user' }),
    version: z.int(),
    createdAt: timeString,
  })
  .openapi('User');

export const userParams = z.strictObject({ id: pathId });

export function userJson(row: UserRow): z.output<typeof userSchema> {
  const { id, resellerId, resellerName, name, email, profiles, version } = row;
  return { id, resellerId, resellerName, name, email, profiles, version, createdAt: timeText(row.createdAt) };
}

/** @throws DomainError `not_found` */
export function existing(row: UserRow | null, id: string): UserRow {
  if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
  return row;
}
