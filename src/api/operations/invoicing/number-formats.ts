import { invoiceNumber, numberRestarts } from '../../../domain/invoicing/invoice-numbers.js';
import { invoiceTypes } from '../../../domain/invoicing/payment-status.js';
import { DomainError } from '../../../domain/errors.js';
import { setNumberFormat } from '../../../services/invoicing/set-number-format.js';
import { readSequence, type SequenceRow } from '../../../storage/invoicing/number-sequences.js';
import { findReseller } from '../../../storage/resellers/resellers.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';

const params = z.strictObject({ id: pathId, type: z.enum(invoiceTypes) });

const format = {
  prefix: z.string().max(20).openapi({ description: 'Latin letters, digits, `-`, and `/`', example: 'INV-' }),
  format: z.string().max(80).openapi({
    description: 'Of `{prefix}`, `{yyyy}`, `{yy}`, `{mm}`, `{seq:6}`, Latin letters, digits, `-`, and `/`',
    example: '{prefix}{yyyy}-{seq:6}',
  }),
  restart: z.enum(numberRestarts).openapi({ description: 'yearly: from 1 again every year; needs `{yyyy}`' }),
};

const formatSchema = z
  .strictObject({
    type: z.enum(invoiceTypes),
    ...format,
    next: z.string().openapi({ description: 'The number that would be given now', example: 'INV-2026-000043' }),
    version: z.int(),
  })
  .openapi('InvoiceNumberFormat');

export const readInvoiceNumbersOperation = defineOperation({
  id: 'readInvoiceNumbers',
  method: 'get',
  path: '/v1/resellers/{id}/invoice-numbers/{type}',
  area: 'invoices',
  summary: 'Get how invoices of a reseller’s clients are numbered',
  scope: 'resellers:read',
  request: { params },
  responses: { 200: { description: 'The format', schema: formatSchema } },
  async handler({ params: { id, type }, scope, now }) {
    const reseller = await scope.read((q) => findReseller(q, scope.resellerId, id));
    if (!reseller) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
    const row = await scope.read((q) => readSequence(q, id, type, new Date(now).getUTCFullYear()));
    return ok(json(row, now), { version: row.version });
  },
});

export const setInvoiceNumbersOperation = defineOperation({
  id: 'setInvoiceNumbers',
  method: 'put',
  path: '/v1/resellers/{id}/invoice-numbers/{type}',
  area: 'invoices',
  summary: 'Set how invoices of a reseller’s clients are numbered',
  description: 'For the next invoices. Numbers have no gaps, continue with a new format, and none is used twice.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: { params, body: z.strictObject(format) },
  example: { prefix: 'INV-', format: '{prefix}{yyyy}-{seq:6}', restart: 'yearly' },
  responses: { 200: { description: 'The format', schema: formatSchema } },
  async handler({ params: { id, type }, body, requester, ifMatch, now }) {
    const row = await setNumberFormat(requester, id, type, body, (before) =>
      requireVersion(ifMatch, before.version, json(before, now)),
    );
    return ok(json(row, now), { version: row.version });
  },
});

function json(row: SequenceRow, now: number): z.output<typeof formatSchema> {
  const { type, prefix, format: shape, restart, last, version } = row;
  const date = new Date(now).toISOString().slice(0, 10);
  const next = invoiceNumber({ prefix, format: shape, restart }, date, BigInt(last) + 1n);
  return { type, prefix, format: shape, restart, next, version };
}
