import { startRateImport } from '../../../../services/rates/import/start-rate-import.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { jobJson, jobSchema, requireJobRow, wakeJob } from '../../jobs/schema.js';
import { rateImportParams } from './schema.js';

export const startRateImportOperation = defineOperation({
  id: 'startRateImport',
  method: 'post',
  path: '/v1/rate-imports/{id}/start',
  area: 'rate-tables',
  summary: 'Start an import of rates',
  description:
    'Starts a job that imports the valid rows, 500 at a time, with your rights. The check must be complete. In mode `replace`, and with ' +
    '`onError: "import_nothing"`, a file with errors is refused.',
  scope: 'profiles:write',
  request: {
    params: rateImportParams,
    body: z.strictObject({ reason: reason.optional() }).openapi('StartRateImportInput'),
  },
  example: { reason: 'rates of March' },
  responses: { 201: { description: 'The job', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, body: { reason: why = null }, requester, context, scope, log }) {
    const id = await startRateImport(requester, params.id, why);
    await wakeJob(context, log, id);
    return created(`/v1/jobs/${id}`, jobJson(await requireJobRow(scope, id)));
  },
});
