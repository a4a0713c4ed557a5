import { resetCompanySide } from '../../../services/companies/reset-company-side.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { companyJson, companySchema, sideName } from './schema.js';

export const resetCompanySideOperation = defineOperation({
  id: 'resetCompanySide',
  method: 'post',
  path: '/v1/companies/{id}/sides/{side}/reset',
  area: 'companies',
  summary: 'Clear the balance mail time of a side',
  description:
    'The next run that finds the balance low notifies again, without waiting for the hour between two notifications.',
  scope: 'monitor:write',
  request: { params: z.strictObject({ id: pathId, side: sideName }), body: z.strictObject({ reason }) },
  example: { reason: 'the partner asked for the email again' },
  responses: { 200: { description: 'The company', schema: companySchema } },
  problems: ['not_found'],
  async handler({ params, body, requester }) {
    const company = await resetCompanySide(requester, params.id, params.side, body.reason);
    return ok(companyJson(company), { version: company.version });
  },
});
