import { reportCompanyBalances } from '../../../services/companies/report-company-balances.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, money } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { companyJson, companyParams, companySchema } from './schema.js';

const amount = money().nullable();

export const reportCompanyBalancesOperation = defineOperation({
  id: 'reportCompanyBalances',
  method: 'post',
  path: '/v1/companies/{id}/balances',
  area: 'companies',
  summary: 'Report the balances of a company',
  description:
    'For a company whose `source` is `reported`. null: the balance is unknown, and nothing is decided by it. Balances of an ' +
    'earlier instant than the known ones change nothing.',
  scope: 'payments:write',
  request: {
    params: companyParams,
    body: z.strictObject({
      their: amount.openapi({ type: ['string', 'null'], description: 'In `theirCurrency`' }),
      our: amount.openapi({ type: ['string', 'null'], description: 'In `ourCurrency`' }),
      at: instant.optional().openapi({ description: 'For which instant; default: now' }),
    }),
  },
  example: { their: '50.00', our: '-120.00' },
  responses: { 200: { description: 'The company', schema: companySchema } },
  problems: ['not_found', 'conflict'],
  async handler({ params, body, requester }) {
    const company = await reportCompanyBalances(requester, params.id, { ...body, at: body.at ?? null });
    return ok(companyJson(company), { version: company.version });
  },
});
