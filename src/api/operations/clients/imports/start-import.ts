import { startImport } from '../../../../services/clients/imports/start-import.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { jobJson, jobSchema, requireJobRow, wakeJob } from '../../jobs/schema.js';
import { importParams } from './schema.js';

const body = z
  .strictObject({
    countFirstNotifications: z.boolean().openapi({
      description:
        'The first notification of each rule that is low when the client is first evaluated counts as already sent, so that ' +
        'an import does not email every low client',
    }),
    reason: reason.optional(),
  })
  .openapi('StartImportInput');

export const startImportOperation = defineOperation({
  id: 'startImport',
  method: 'post',
  path: '/v1/imports/{id}/start',
  area: 'imports',
  summary: 'Start an import',
  description:
    'Starts a job that creates a client of each valid row, with your rights, maximums, and companies at that moment. Rows that ' +
    'are not valid, or that are refused then, are in its rejects. The check must be complete.',
  scope: 'clients:write',
  request: { params: importParams, body },
  example: { countFirstNotifications: true, reason: 'moved from the old system' },
  responses: { 201: { description: 'The job', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, body: { countFirstNotifications, reason: why = null }, requester, context, scope, log }) {
    const id = await startImport(requester, params.id, { countFirstNotifications, reason: why });
    await wakeJob(context, log, id);
    return created(`/v1/jobs/${id}`, jobJson(await requireJobRow(scope, id)));
  },
});
