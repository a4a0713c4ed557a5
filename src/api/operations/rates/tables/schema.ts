import { rateTableKind } from '../../../../services/rates/tables/rate-tables.js';
import type { RateTableRow } from '../../../../storage/rates/tables/rate-tables.js';
import { patchShape } from '../../../contract/patch-shape.js';
import {
  currency,
  currencyText,
  idText,
  line,
  lines,
  pathId,
  reason,
  reference,
  timeOrNull,
  timeString,
  timeText,
  timezone,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** Rate tables (docs/rates.md#rate-tables). */

const editable = {
  name: line(64).openapi({ example: 'Wholesale termination' }),
  timezone: timezone.default('UTC').openapi({ description: 'Zone of imported dates that have none' }),
  notes: lines(1000)
    .nullable()
    .openapi({ type: ['string', 'null'] })
    .default(null),
  agreementId: reference
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description:
        'Applies to imports, and to clients that have no agreement; null: clients are notified soon after a change',
    })
    .default(null),
};

export const rateTableBody = z
  .strictObject({
    ...editable,
    currency: currency.openapi({ description: 'Of the rates; it stays' }),
    ...sharedOwner,
  })
  .openapi('RateTableInput');

export const rateTablePatch = z
  .strictObject({ ...patchShape(editable), reason: reason.optional() })
  .openapi('RateTablePatch');

export const rateTableSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    currency: currencyText,
    timezone: z.string(),
    notes: z.string().nullable(),
    agreementId: idText.nullable(),
    agreementName: z.string().nullable(),
    lastExportedAt: timeString.nullable().openapi({
      description: 'Rates that were effective by then are unchanged in exports; null: never exported',
    }),
    clients: z.int().openapi({ description: 'Clients that use it for origination or termination' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('RateTable');

export const rateTableParams = z.strictObject({ id: pathId });

export const rateTableExample = { name: 'Wholesale termination', currency: 'USD' };

export function rateTableJson(row: RateTableRow): z.output<typeof rateTableSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    currency: row.currency,
    timezone: row.timezone,
    notes: row.notes,
    agreementId: row.agreementId,
    agreementName: row.agreementName,
    lastExportedAt: timeOrNull(row.lastExportedAt),
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export const rateTableApi = {
  kind: rateTableKind,
  path: '/v1/rate-tables',
  area: 'rate-tables',
  one: 'a rate table',
  noun: 'rate table',
  plural: 'rate tables',
  schema: rateTableSchema,
  toJson: rateTableJson,
} as const;
