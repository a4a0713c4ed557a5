import { recordResellerEntry } from '../../../services/resellers/record-reseller-entry.js';
import {
  resellerEntryKinds,
  resellerEntryList,
  type NewResellerEntry,
  type ResellerEntryRow,
} from '../../../storage/resellers/reseller-ledger.js';
import { findReseller } from '../../../storage/resellers/resellers.js';
import { formatMoneyFor, moneyOf } from '../../../domain/money.js';
import { requireLedgerOf } from '../../../domain/resellers/tree.js';
import { created, ok } from '../../contract/answers.js';
import { defineList } from '../../contract/define-list.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, instant, money, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import type { Caller } from '../../context.js';
import { entryFields } from '../ledger/shared.js';
import { existing, resellerParams } from './schema.js';

/** The ledger of a reseller with the reseller above it. A manager has none. */

const entrySchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Id from the request', example: 'pay-2026-000117' }),
    entryId: idText.openapi({ description: 'Row number, in recording order' }),
    resellerId: idText,
    kind: z.enum(resellerEntryKinds),
    amount: moneyText,
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    liveAfter: moneyText.openapi({ description: 'Live balance after the entry, in recording order' }),
    source: z.string().openapi({ description: 'Who recorded it', example: 'key:3' }),
    note: z.string().nullable(),
  })
  .openapi('ResellerEntry');

function entryJson(row: ResellerEntryRow): z.input<typeof entrySchema> {
  return {
    id: row.externalId,
    entryId: row.id,
    resellerId: row.resellerId,
    kind: row.kind,
    amount: formatMoneyFor(moneyOf(row.amount), row.currency),
    currency: row.currency,
    at: timeText(row.occurredAt),
    recordedAt: timeText(row.recordedAt),
    liveAfter: formatMoneyFor(moneyOf(row.liveAfter), row.currency),
    source: row.source,
    note: row.note,
  };
}

export const listResellerEntriesOperation = defineList({
  id: 'listResellerEntries',
  path: '/v1/resellers/{id}/entries',
  area: 'resellers',
  summary: 'List the ledger entries of a reseller',
  description: 'Newest first, by the time they occurred.',
  scope: 'payments:read',
  params: resellerParams,
  filters: {
    kind: z.enum(resellerEntryKinds).optional(),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Exclusive' }),
  },
  sorts: ['at'],
  order: '-at',
  page: 'A page of entries',
  item: entrySchema,
  async require({ params, caller, scope }) {
    const row = existing(await scope.read((q) => findReseller(q, caller.resellerId, params.id)), params.id);
    // What a deleted reseller has stays readable.
    requireLedgerOf({ kind: row.kind, status: 'active' }, '/path/id');
  },
  rows: (q, { params, filter }) => resellerEntryList(q, params.id, filter),
  toJson: entryJson,
});

type Fields = z.output<z.ZodObject<typeof entryFields>> & { readonly amount: string };

function newEntry(
  resellerId: string,
  kind: NewResellerEntry['kind'],
  fields: Fields,
  caller: Caller,
): NewResellerEntry {
  return {
    ...{ resellerId, kind, externalId: fields.id, amount: fields.amount, currency: fields.currency },
    ...{ occurredAt: fields.at ?? null, source: caller.actor.id, note: fields.note ?? null },
  };
}

const idRule = 'You choose the id: a repeated request with the same id and body gets the same response.';
const problems = ['not_found', 'conflict', 'currency_mismatch', 'manager_not_permitted', 'own_ledger'] as const;

const responses = {
  201: { description: 'The entry', schema: entrySchema },
  200: { description: 'Recorded earlier, with the same body: nothing changed', schema: entrySchema },
};

function answer(resellerId: string, { row, replayed }: Awaited<ReturnType<typeof recordResellerEntry>>) {
  return replayed ? ok(entryJson(row)) : created(`/v1/resellers/${resellerId}/entries`, entryJson(row));
}

export const postResellerPaymentOperation = defineOperation({
  id: 'postResellerPayment',
  method: 'post',
  path: '/v1/resellers/{id}/payments',
  area: 'resellers',
  summary: 'Record a payment of a reseller',
  description: `In the ledger of the reseller with the reseller above it. ${idRule}`,
  scope: 'payments:write',
  request: {
    params: resellerParams,
    body: z.strictObject({ ...entryFields, amount: money({ least: 'more_than_zero' }) }),
  },
  example: { id: 'pay-2026-000117', amount: '100.00', currency: 'USD' },
  responses,
  problems,
  async handler({ params, body, caller, requester }) {
    return answer(params.id, await recordResellerEntry(requester, newEntry(params.id, 'payment', body, caller)));
  },
});

export const postResellerAdjustmentOperation = defineOperation({
  id: 'postResellerAdjustment',
  method: 'post',
  path: '/v1/resellers/{id}/adjustments',
  area: 'resellers',
  summary: 'Record an adjustment of a reseller',
  description: `\`amount\` is signed: a negative one lowers the balance. ${idRule}`,
  scope: 'payments:write',
  request: { params: resellerParams, body: z.strictObject({ ...entryFields, amount: money() }) },
  example: { id: 'corr-12', amount: '-3.50', currency: 'USD', note: 'charged twice' },
  responses,
  problems,
  async handler({ params, body, caller, requester }) {
    return answer(params.id, await recordResellerEntry(requester, newEntry(params.id, 'adjustment', body, caller)));
  },
});
