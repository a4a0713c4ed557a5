import { startFullDelete } from '../../../../services/clients/start-full-delete.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { line, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { jobJson, jobSchema, requireJobRow, wakeJob } from '../../jobs/schema.js';
import { clientJson } from '../convert.js';
import { clientParams } from '../read-client.js';

const body = z
  .strictObject({
    name: line(200).openapi({ description: 'Name of the client, to confirm', example: 'Acme Telecom' }),
    reason: reason.openapi({ description: 'Kept in the audit log, so without the name' }),
  })
  .openapi('FullDeleteInput');

export const fullDeleteClientOperation = defineOperation({
  id: 'fullDeleteClient',
  method: 'post',
  path: '/v1/clients/{id}/full-delete',
  area: 'clients',
  summary: 'Remove a deleted client completely',
  description:
    'Starts a job that removes the client with its ledger, credit, notifications, checks, events, audit rows, and workflow executions. ' +
    'This cannot be undone. What is left is an audit row with the id, who, when, why, and how many rows were removed.',
  scope: 'clients:delete',
  needsIfMatch: true,
  request: { params: clientParams, body },
  example: { name: 'Acme Telecom', reason: 'data erasure request 17' },
  responses: { 201: { description: 'The job', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, body: { name, reason: why }, requester, ifMatch, now, context, scope, log }) {
    const id = await startFullDelete(requester, params.id, { name, reason: why }, (row) =>
      requireVersion(ifMatch, row.version, clientJson(row, now)),
    );
    await wakeJob(context, log, id);
    return created(`/v1/jobs/${id}`, jobJson(await requireJobRow(scope, id)));
  },
});
