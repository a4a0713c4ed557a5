import { customerClassKind } from '../../../../services/clients/customer-classes.js';
import type { CustomerClassRow } from '../../../../storage/clients/customer-classes.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, reason, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** What clients of a kind may do (docs/concepts.md#customer-classes). */

const transfersAllowed = z.boolean().openapi({ description: 'Transfers between accounts of its clients' });

const fields = {
  name: line(64).openapi({ example: 'Wholesale' }),
  transfersAllowed: transfersAllowed.default(false),
};

export const customerClassBody = z
  .strictObject({
    ...fields,
    ...sharedOwner,
  })
  .openapi('CustomerClassInput');

export const customerClassPatch = z
  .strictObject({ ...patchShape(fields), reason: reason.optional() })
  .openapi('CustomerClassPatch');

const customerClassSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    transfersAllowed,
    clients: z.int().openapi({ description: 'Clients that use it' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('CustomerClass');

export const customerClassExample = { name: 'Wholesale', transfersAllowed: true };

function customerClassJson(row: CustomerClassRow): z.output<typeof customerClassSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    transfersAllowed: row.transfersAllowed,
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export const customerClassApi = {
  kind: customerClassKind,
  path: '/v1/customer-classes',
  area: 'customer-classes',
  one: 'a customer class',
  noun: 'customer class',
  plural: 'customer classes',
  schema: customerClassSchema,
  toJson: customerClassJson,
} as const;
