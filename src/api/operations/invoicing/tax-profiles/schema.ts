import { taxModes, taxRate } from '../../../../domain/invoicing/tax-profile.js';
import { taxProfileKind } from '../../../../services/invoicing/setup/tax-profiles.js';
import type { TaxProfileRow } from '../../../../storage/invoicing/tax-profiles.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, reason, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** The tax on the invoices of clients (docs/concepts.md#tax-profiles). */

const rateFault = 'must be a percentage from 0 to 100 with up to 4 decimals, as a string, such as "19" or "8.875"';
const ratePercent = z
  .string({ error: rateFault })
  .transform((text, ctx) => {
    const rate = taxRate(text);
    if (rate !== null) return rate;
    ctx.addIssue({ code: 'custom', message: rateFault, input: text });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '19', description: 'Percent, up to 4 decimals' });

const mode = z.enum(taxModes).openapi({
  description: '`exclusive`: added to the charges · `inclusive`: the charges contain it',
});
const sureTax = z.boolean().openapi({
  description: 'Invoice numbers of its clients have only Latin letters and digits, up to 40, as SureTax requires',
});

const fields = {
  name: line(64).openapi({ example: 'Germany' }),
  ratePercent,
  mode,
  label: line(64).openapi({ description: 'The tax as invoices name it', example: 'VAT' }),
  note: line(500)
    .nullable()
    .openapi({ type: ['string', 'null'], description: 'Printed on invoices' })
    .default(null),
  sureTax: sureTax.default(false),
};

export const taxProfileBody = z
  .strictObject({
    ...fields,
    ...sharedOwner,
  })
  .openapi('TaxProfileInput');

export const taxProfilePatch = z
  .strictObject({
    ...patchShape(fields),
    archived: z.boolean().optional().openapi({ description: 'Clients keep it, no other client gets it' }),
    reason: reason.optional(),
  })
  .openapi('TaxProfilePatch');

const taxProfileSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    ratePercent: z.string().openapi({ example: '19' }),
    mode,
    label: z.string(),
    note: z.string().nullable(),
    sureTax,
    archived: z.boolean(),
    clients: z.int().openapi({ description: 'Clients that use it' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('TaxProfile');

export const taxProfileExample = { name: 'Germany', ratePercent: '19', mode: 'exclusive', label: 'VAT' };

function taxProfileJson(row: TaxProfileRow): z.output<typeof taxProfileSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    ratePercent: row.ratePercent,
    mode: row.mode,
    label: row.label,
    note: row.note,
    sureTax: row.sureTax,
    archived: row.archived,
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export const taxProfileApi = {
  kind: taxProfileKind,
  path: '/v1/tax-profiles',
  area: 'tax-profiles',
  one: 'a tax profile',
  noun: 'tax profile',
  plural: 'tax profiles',
  schema: taxProfileSchema,
  toJson: taxProfileJson,
} as const;
