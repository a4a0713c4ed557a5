import { templateKinds } from '../../../domain/notifications/mail-kinds.js';
import { previewMove } from '../../../services/resellers/move-reseller.js';
import { movedReferenceKinds } from '../../../storage/resellers/move-effects.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { resellerParams } from './schema.js';

const owner = z.strictObject({ resellerId: idText, resellerName: z.string() }).nullable();

const effectsSchema = z
  .strictObject({
    clients: z.int().openapi({ description: 'Of the reseller and its sub-resellers' }),
    recipients: z.strictObject({
      before: z.string().nullable(),
      after: z.string().nullable(),
      total: z.int().openapi({ description: 'Clients whose user notification goes to the other address' }),
      clients: z
        .array(z.strictObject({ id: idText, name: z.string() }))
        .openapi({ description: 'The first 100 of them by name' }),
    }),
    templates: z
      .array(z.strictObject({ kind: z.enum(templateKinds), before: owner, after: owner }))
      .openapi({ description: 'Whose email template is used; null: of a reseller further above, or the built-in one' }),
    sequences: z
      .array(z.strictObject({ resellerId: idText }))
      .openapi({ description: 'Resellers with other invoice numbers: none, because each numbers its own invoices' }),
    dangling: z
      .array(
        z.strictObject({
          kind: z.enum([...movedReferenceKinds, 'payment_gateway']),
          id: idText,
          name: z.string(),
          resellerId: idText,
          clients: z.int(),
          templates: z.int().openapi({ description: 'Client templates that refer to it' }),
          companies: z.int().openapi({ description: 'Companies whose alarms are written with it, or go to it' }),
          profiles: z.int().openapi({ description: 'Profiles whose rules notify it' }),
          rateTables: z.int().openapi({ description: 'Rate tables that have it' }),
        }),
      )
      .openapi({
        description:
          'Records of former parents that clients, companies, profiles, or rate tables refer to: the move needs a `mapping` of them',
      }),
  })
  .openapi('ResellerMoveEffects');

export const previewResellerMoveOperation = defineOperation({
  id: 'previewResellerMove',
  method: 'post',
  path: '/v1/resellers/{id}/move/preview',
  area: 'resellers',
  summary: 'Preview the move of a reseller',
  description:
    'Changes nothing: which recipients, email templates, and invoice numbers would be others, and what is in the way.',
  scope: 'resellers:read',
  request: { params: resellerParams, body: z.strictObject({ parentId: reference }) },
  example: { parentId: '1' },
  responses: { 200: { description: 'What would change', schema: effectsSchema } },
  problems: ['conflict', 'already_exists', 'reseller_cycle', 'reseller_too_deep'],
  async handler({ params, body, requester }) {
    const { clients, recipients, templates, dangling } = await previewMove(requester, params.id, body.parentId);
    return ok({
      clients,
      recipients: { ...recipients, clients: [...recipients.clients] },
      templates: templates.flatMap(({ kind, ...owners }) => {
        const known = templateKinds.find((one) => one === kind);
        return known ? [{ kind: known, ...owners }] : [];
      }),
      sequences: [],
      dangling: [...dangling],
    });
  },
});
