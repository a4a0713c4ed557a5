import type { BouncedAddressRow } from '../../../../storage/notifications/bounces.js';
import { actorNameText, idText, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const bouncedAddressSchema = z
  .strictObject({
    id: idText,
    address: z.string().openapi({ example: 'billing@client.example' }),
    resellerId: idText,
    resellerName: z.string(),
    clientId: idText.nullable().openapi({ description: 'Client of the last message that came back; null: none' }),
    clientName: z.string().nullable(),
    code: z.string().nullable().openapi({ description: 'Of RFC 3463; null: not reported', example: '5.1.1' }),
    detail: z.string().openapi({ description: 'What the other server said', example: '550 5.1.1 User unknown' }),
    times: z.int().openapi({ description: 'Bounces since the first one' }),
    firstAt: timeString,
    lastAt: timeString,
    clearedAt: timeString.nullable().openapi({ description: 'null: the address is marked as bounced' }),
    clearedBy: z.string().nullable(),
    clearedByName: actorNameText,
    clearedReason: z.string().nullable(),
  })
  .openapi('BouncedAddress');

export function bouncedAddressJson(row: BouncedAddressRow): z.output<typeof bouncedAddressSchema> {
  const { id, address, resellerId, resellerName, clientId, clientName, detail, times } = row;
  return {
    ...{ id, address, resellerId, resellerName, clientId, clientName, detail, times },
    code: row.status === '' ? null : row.status,
    firstAt: timeText(row.firstAt),
    lastAt: timeText(row.lastAt),
    clearedAt: timeOrNull(row.clearedAt),
    clearedBy: row.clearedBy,
    clearedByName: row.clearedByName,
    clearedReason: row.clearedReason,
  };
}
