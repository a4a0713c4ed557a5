import { clientFieldSpecs } from '../../../domain/clients/client-fields.js';
import { silenceStatuses } from '../../../domain/silences/silence-window.js';
import type { SilenceMatcher, SilenceRow } from '../../../storage/silences/silences.js';
import {
  actorNameText,
  idText,
  instant,
  line,
  pathId,
  reason,
  reference,
  tag,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Silences over many clients (docs/concepts.md#silences). */

const matcherFields = {
  resellerId: reference.optional().openapi({
    description: 'Clients of this reseller and its sub-resellers, or of this manager; default: the caller’s reseller',
  }),
  tag: tag(clientFieldSpecs.tags.max)
    .nullable()
    .optional()
    .openapi({ description: 'Only clients with this tag, ignoring case', example: 'wholesale' }),
  profileId: reference.nullable().optional().openapi({ description: 'Only clients with this profile' }),
};

const comment = line(500).openapi({ description: 'Why; shown in explanations and in the audit log' });

export const silenceMatcherBody = z.strictObject(matcherFields).openapi('SilenceMatcher');

export const silenceBody = z
  .strictObject({
    ...matcherFields,
    startsAt: instant.optional().openapi({ description: 'Default: now' }),
    endsAt: instant,
    comment,
  })
  .openapi('SilenceInput');

export const silencePatch = z
  .strictObject({ endsAt: instant.optional(), comment: comment.optional(), reason: reason.optional() })
  .openapi('SilencePatch');

export const silenceParams = z.strictObject({ id: pathId });

export const clientsSilenceSchema = z
  .strictObject({
    id: idText,
    status: z.enum(silenceStatuses).openapi({
      description: '`active`: holds now · `pending`: starts later · `expired`: ended, or was ended by a person',
    }),
    resellerId: idText,
    resellerName: z.string(),
    tag: z.string().nullable(),
    profileId: idText.nullable(),
    profileName: z.string().nullable(),
    startsAt: timeString,
    endsAt: timeString,
    comment: z.string(),
    clients: z.int().openapi({ description: 'Clients that it covers now, of those that you see' }),
    createdBy: z.string(),
    createdByName: actorNameText,
    createdAt: timeString,
    endedBy: z.string().nullable().openapi({ description: 'Who ended it before its end; null: no one' }),
    endedByName: actorNameText,
    version: z.int(),
  })
  .openapi('ClientsSilence');

export const silenceExample = {
  tag: 'wholesale',
  endsAt: '2026-12-24T18:00:00Z',
  comment: 'billing system migration',
};

export function clientsSilenceJson(row: SilenceRow): z.output<typeof clientsSilenceSchema> {
  return {
    id: row.id,
    status: row.status,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    tag: row.tag,
    profileId: row.profileId,
    profileName: row.profileName,
    startsAt: timeText(row.startsAt),
    endsAt: timeText(row.endsAt),
    comment: row.comment,
    clients: row.clients,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
    createdAt: timeText(row.createdAt),
    endedBy: row.endedBy,
    endedByName: row.endedByName,
    version: row.version,
  };
}

/** What a request asks for, with the caller's own reseller where it names none. */
export function matcherOf(body: z.output<typeof silenceMatcherBody>, callerResellerId: string): SilenceMatcher {
  return {
    resellerId: body.resellerId ?? callerResellerId,
    tag: body.tag ?? null,
    profileId: body.profileId ?? null,
  };
}
