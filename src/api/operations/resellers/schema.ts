import { DomainError } from '../../../domain/errors.js';
import { resellerKinds, type ResellerRow } from '../../../storage/resellers/resellers.js';
import { emailAddress } from '../../contract/emails.js';
import { idText, line, pathId, reason, reference, timeString, timeText, timezone } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Companies with clients, and their managers (docs/manuals.md#reseller-tree). */

const name = line(200).openapi({ example: 'Sub-Reseller B' });
const email = emailAddress.nullable().openapi({
  type: ['string', 'null'],
  description: 'Where the owner of a client is told; null: nobody is',
});
const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'write a language, such as "en" or "uk-UA"');

export const resellerBody = z
  .strictObject({
    name,
    parentId: reference.optional().openapi({ description: 'Whom it is below; default: the caller’s reseller' }),
    kind: z.enum(['reseller', 'manager']).default('reseller').openapi({
      description: 'A manager looks after a group of the company’s clients and has nobody below',
    }),
    email: email.default(null),
    locale: locale.default('en'),
    timezone: timezone.default('UTC'),
    reason: reason.optional(),
  })
  .openapi('ResellerInput');

export const resellerPatch = z
  .strictObject({
    name: name.optional(),
    email: email.optional(),
    locale: locale.optional(),
    timezone: timezone.optional(),
    reason: reason.optional(),
  })
  .openapi('ResellerPatch');

const resellerShape = {
  id: idText,
  parentId: idText.nullable(),
  kind: z.enum(resellerKinds),
  name: z.string(),
  email: z.string().nullable(),
  locale: z.string().openapi({ description: 'Of notifications to its staff, and of new clients' }),
  timezone: z.string().openapi({ description: 'Of notifications to its staff, and of new clients' }),
  path: z.array(idText).openapi({ description: 'Ids from the root down to this one' }),
  clients: z.int().openapi({ description: 'Its own clients, those of resellers below left out' }),
  version: z.int(),
  createdAt: timeString,
};

export const resellerSchema = z.strictObject(resellerShape).openapi('Reseller');
export type ResellerJson = z.output<typeof resellerSchema>;

export const resellerParams = z.strictObject({ id: pathId });

export function resellerJson(row: ResellerRow): ResellerJson {
  return {
    id: row.id,
    parentId: row.parentId,
    kind: row.kind,
    name: row.name,
    email: row.email,
    locale: row.locale,
    timezone: row.timezone,
    path: [...row.path],
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
  };
}

/** @throws DomainError `not_found` */
export function existing(row: ResellerRow | null, id: string): ResellerRow {
  if (!row) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
  return row;
}
