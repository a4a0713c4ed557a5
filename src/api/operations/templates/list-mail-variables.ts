import { variablesOf } from '../../../mail/variables.js';
import { templateKinds } from '../../../domain/notifications/mail-kinds.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { templateKind } from './shared.js';

const variablesSchema = z
  .strictObject({
    kind: templateKind,
    variables: z.array(
      z.strictObject({
        path: z.string().openapi({
          description: "Can also be written as `client['balance_avail']`",
          example: 'client.balance_avail',
        }),
        type: z.enum(['text', 'number', 'money', 'time', 'url', 'list']),
        description: z.string(),
        sample: z.union([z.string(), z.array(z.record(z.string(), z.string()))]),
        fields: z.array(z.string()).optional().openapi({ description: 'Of a list: the fields of each item' }),
      }),
    ),
  })
  .openapi('MailVariables');

export const listMailVariablesOperation = defineOperation({
  id: 'listMailVariables',
  method: 'get',
  path: '/v1/mail-templates/variables',
  area: 'templates',
  summary: 'List the variables of email templates',
  scope: 'templates:read',
  request: { query: z.strictObject({ kind: templateKind.optional() }) },
  responses: {
    200: {
      description: 'Variables by kind',
      schema: z.strictObject({ data: z.array(variablesSchema) }),
    },
  },
  async handler({ query }) {
    const kinds = query.kind === undefined ? templateKinds : [query.kind];
    return ok({ data: kinds.map((kind) => ({ kind, variables: variablesOf(kind) })) });
  },
});
