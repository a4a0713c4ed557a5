import type { RequestItem, RequestRow } from '../../../../storage/system/requests/request-log.js';
import { idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const loggedMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const requestShape = {
  id: idText,
  requestId: z.string(),
  at: timeString,
  method: z.string(),
  path: z.string().openapi({ description: 'Without the query string', example: '/v1/payments' }),
  operation: z.string().nullable().openapi({ description: 'operationId; null: unknown path' }),
  status: z.int(),
  durationMs: z.number(),
  caller: z.string().nullable().openapi({ description: 'null: unknown caller', example: 'key:7' }),
  callerName: z.string().nullable().openapi({ example: 'payment system' }),
  keyPrefix: z.string().nullable().openapi({ example: 'lw_live_3f9c0a7b21de' }),
  idempotencyKey: z.string().nullable(),
  address: z.string().nullable(),
};

export const requestSchema = z.strictObject(requestShape).openapi('LoggedRequest');

export const requestDetailSchema = z
  .strictObject({
    ...requestShape,
    requestBody: z
      .string()
      .nullable()
      .openapi({ description: 'JSON without secrets, cut after 4096 characters; null: no body, a read, or a login' }),
    answerBody: z
      .string()
      .nullable()
      .openapi({ description: 'The same for the response; null also if it contained a secret' }),
  })
  .openapi('LoggedRequestDetail');

export function requestJson(row: RequestItem): z.input<typeof requestSchema> {
  const { id, requestId, method, path, operation, status, durationMs, caller, callerName } = row;
  const { keyPrefix, idempotencyKey, address } = row;
  return {
    ...{ id, requestId, at: timeText(row.at), method, path, operation, status, durationMs },
    ...{ caller, callerName, keyPrefix, idempotencyKey, address },
  };
}

export function requestDetailJson(row: RequestRow): z.input<typeof requestDetailSchema> {
  return { ...requestJson(row), requestBody: row.requestBody, answerBody: row.answerBody };
}
