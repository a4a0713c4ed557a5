import { ok } from '../../contract/answers.js';
import { openApiDocument } from '../../contract/openapi.js';
import { definePublicOperation, type Operation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';

/** @param operations all operations; asked for at the first request, for this one is among them */
export function openApiOperation(operations: () => readonly Operation[]): Operation {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return definePublicOperation({
    id: 'openapi',
    method: 'get',
    path: '/openapi.json',
    area: 'system',
    summary: 'Get this API as OpenAPI 3.1',
    responses: { 200: { description: 'The document', schema: z.looseObject({ openapi: z.literal('3.1.0') }) } },
    async handler({ context }) {
      const url = context.config.PUBLIC_URL ?? null;
      return ok((document ??= openApiDocument(operations(), { version: context.version, url })));
    },
  });
}
