import { previewJob } from '../../../services/jobs/start-job.js';
import { ok } from '../../contract/answers.js';
import { impactJson, notificationImpactSchema } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { orNull } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { jobBody } from './parameters.js';
import { jobRequestOf, type JobBodyValues } from './schema.js';
import { selectionSchema } from './selection.js';

const previewSchema = z
  .strictObject({
    clients: z.int().openapi({ description: 'Clients of the selection' }),
    outlook: z.strictObject({ changed: z.int(), unchanged: z.int(), refused: z.int() }).openapi({
      description:
        'How the clients would end as they are now. Your rights and maximums, and what changes until then, can refuse more',
    }),
    impact: orNull(notificationImpactSchema).openapi({
      description: 'What the job would do to notifications; null: this kind does not change who is notified',
    }),
  })
  .openapi('JobPreview');

export const previewJobOperation = defineOperation({
  id: 'previewJob',
  method: 'post',
  path: '/v1/jobs/preview',
  area: 'jobs',
  summary: 'Preview a job',
  description: 'Checks the request and counts its clients, without starting the job.',
  scope: 'jobs:write',
  request: { body: jobBody('JobPreviewInput', () => ({ selection: selectionSchema })) },
  example: { kind: 'pause', parameters: {}, selection: { clientIds: ['7', '9'] } },
  responses: { 200: { description: 'What the job would concern', schema: previewSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, caller, requester, now }) {
    // The schema of its kind has just checked it.
    const { clients, outlook, impact } = await previewJob(requester, jobRequestOf(caller, body as JobBodyValues));
    return ok({ clients, outlook, impact: impact && impactJson(impact, now) });
  },
});
