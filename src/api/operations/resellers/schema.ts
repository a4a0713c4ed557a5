import { DomainError } from '../../../domain/errors.js';
import { resellerKinds, type ResellerRow } from '../../../storage/resellers/resellers.js';
import { emailAddress } from '../../contract/emails.js';
import { patchShape } from '../../contract/patch-shape.js';
import { idText, line, pathId, reason, reference, timeString, timeText, timezone } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Companies with clients, and their managers (docs/manuals.md#reseller-tree). */

const name = line(200).openapi({ example: 'Sub-Reseller B' });
const email = emailAddress.nullable().openapi({
  type: ['string', 'null'],
  description: 'Notified as the client owner if neither the client nor its manager has an email; null: no one',
});
const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a language, such as "en" or "uk-UA"');

const resellerFields = {
  name,
  email: email.default(null),
  locale: locale.default('en'),
  timezone: timezone.default('UTC'),
};

export const resellerBody = z
  .strictObject({
    ...resellerFields,
    parentId: reference.optional().openapi({ description: 'Parent reseller; default: the caller’s' }),
    kind: z.enum(['reseller', 'manager']).default('reseller').openapi({
      description: 'A manager is responsible for a group of the reseller’s clients and has no sub-resellers',
    }),
    reason: reason.optional(),
  })
  .openapi('ResellerInput');

export const resellerPatch = z
  .strictObject({ ...patchShape(resellerFields), reason: reason.optional() })
  .openapi('ResellerPatch');

const resellerShape = {
  id: idText,
  parentId: idText.nullable(),
  kind: z.enum(resellerKinds),
  name: z.string(),
  email: z.string().nullable(),
  locale: z.string().openapi({ description: 'Default for new clients; also used in notifications to staff' }),
  timezone: z.string().openapi({ description: 'Default for new clients; also used in notifications to staff' }),
  path: z.array(idText).openapi({ description: 'Ids from the root to this one' }),
  clients: z.int().openapi({ description: 'Own clients, without those of sub-resellers' }),
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
