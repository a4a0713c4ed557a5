import { ledgerSides } from '../../../domain/companies/company-balances.js';
import { recordCompanyEntry } from '../../../services/companies/record-company-entry.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { line, money } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryFields } from '../ledger/shared.js';
import { companyEntryJson, companyEntrySchema, entryKind } from './entry-schema.js';
import { companyParams } from './schema.js';

const answerSchema = z
  .strictObject({
    entries: z.array(companyEntrySchema).openapi({ description: 'One; of a netting: one of each side' }),
  })
  .openapi('RecordedCompanyEntry');

export const recordCompanyEntryOperation = defineOperation({
  id: 'recordCompanyEntry',
  method: 'post',
  path: '/v1/companies/{id}/entries',
  area: 'companies',
  summary: 'Record an entry of a company’s ledger',
  description:
    'A `payment` raises the balance of its side, a `charge` lowers it; both amounts are above zero. An `adjustment` and a ' +
    '`netting` may be negative. A netting has no side: it moves both balances by the same amount.',
  scope: 'payments:write',
  request: {
    params: companyParams,
    body: z.strictObject({
      ...entryFields,
      side: z.enum(ledgerSides).optional(),
      kind: entryKind,
      amount: money(),
      note: line(500).optional(),
    }),
  },
  example: { id: 'pay-2026-000117', side: 'their', kind: 'payment', amount: '1000.00', currency: 'USD' },
  responses: {
    201: { description: 'Recorded', schema: answerSchema },
    200: { description: 'Recorded earlier, with the same body: nothing changed', schema: answerSchema },
  },
  problems: ['not_found', 'conflict', 'currency_mismatch'],
  async handler({ params, body, caller, requester }) {
    const { id, side = null, kind, amount, currency, at, note = null } = body;
    const recorded = await recordCompanyEntry(requester, {
      companyId: params.id,
      side,
      kind,
      externalId: id,
      amount,
      currency,
      occurredAt: at?.getTime() ?? null,
      source: caller.actor.id,
      note,
    });
    const answered = { entries: recorded.entries.map(companyEntryJson) };
    return recorded.replayed ? ok(answered) : created(`/v1/companies/${params.id}/entries`, answered);
  },
});
