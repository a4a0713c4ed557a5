import { checkLogo } from '../../../../documents/drawable-logo.js';
import {
  columnsFault,
  defaultInvoiceColumns,
  invoiceColumns,
  invoiceLanguages,
  type InvoiceColumn,
} from '../../../../domain/invoicing/invoice-template.js';
import { logoTypes, maxLogoBytes, maxLogoPixels } from '../../../../domain/invoicing/logo.js';
import { DomainError } from '../../../../domain/errors.js';
import { checkTemplate } from '../../../../mail/guard/guard.js';
import type { InvoiceTemplateRow, Logo } from '../../../../storage/invoicing/invoice-templates.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, lines, pathId, reason, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { sharedOwner } from '../../resellers/shared-records.js';

/** What the invoices of clients look like (docs/concepts.md#invoice-templates). */

const columns = z
  .array(z.enum(invoiceColumns))
  .superRefine((given, ctx) => {
    const fault = columnsFault(given);
    if (fault !== null) ctx.addIssue({ code: 'custom', message: fault, input: given });
  })
  .openapi({
    description:
      'Of the lines, in this order: `description` and `amount` always, and `position`, `period`, and `entries` (how many ' +
      'ledger entries a line sums up)',
  });

const text = (max: number, description: string): z.ZodDefault<z.ZodNullable<z.ZodType<string, string>>> =>
  lines(max)
    .nullable()
    .openapi({ type: ['string', 'null'], description })
    .default(null);

const fields = {
  name: line(64).openapi({ example: 'Letterhead' }),
  language: z.enum(invoiceLanguages).openapi({ description: 'Of the PDF' }),
  columns: columns.default([...defaultInvoiceColumns]),
  sellerDetails: text(1000, 'Printed below the name of the reseller: address, tax ID, bank account'),
  notes: text(1000, 'Printed below the total'),
  subject: line(500)
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description: 'Of the email, with the variables of the kind `invoice`; null: that of the email template',
      example: 'Invoice ${invoice.no} of ${invoice.amount} ${client.currency}',
    })
    .default(null),
};

/** Up to the size of a logo, as base64. */
const maxBase64 = Math.ceil(maxLogoBytes / 3) * 4;
const logo = z
  .string()
  .max(maxBase64, `must have up to ${maxLogoBytes / 1024} kB`)
  .regex(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be base64')
  .nullable()
  .openapi({
    type: ['string', 'null'],
    format: 'byte',
    description: `A PNG or JPEG as base64, up to ${maxLogoBytes / 1024} kB and ${maxLogoPixels} pixels wide and high; null: no logo`,
  });

export const invoiceTemplateBody = z
  .strictObject({ ...fields, logo: logo.default(null), ...sharedOwner })
  .openapi('InvoiceTemplateInput');

export const invoiceTemplatePatch = z
  .strictObject({ ...patchShape(fields), logo: logo.optional(), reason: reason.optional() })
  .openapi('InvoiceTemplatePatch');

/** What a preview shows: a template that need not be saved. */
export const previewBody = z
  .strictObject({
    ...patchShape(fields),
    logo: logo.optional().openapi({ description: 'As of a template; absent: that of `templateId`' }),
    templateId: pathId.optional().openapi({ description: 'A saved template, which gives what the body does not' }),
  })
  .openapi('InvoiceTemplatePreview');

export const invoiceTemplateSchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    language: z.enum(invoiceLanguages),
    columns: z.array(z.enum(invoiceColumns)),
    sellerDetails: z.string().nullable(),
    notes: z.string().nullable(),
    subject: z.string().nullable(),
    logo: z
      .strictObject({ mediaType: z.enum(logoTypes), width: z.int(), height: z.int(), bytes: z.int() })
      .nullable()
      .openapi({ description: 'GET /v1/invoice-templates/{id}/logo has the image; null: no logo' }),
    clients: z.int().openapi({ description: 'Clients that use it' }),
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('InvoiceTemplate');

export const invoiceTemplateParams = z.strictObject({ id: pathId });

export const invoiceTemplateExample = {
  name: 'Letterhead',
  language: 'en',
  columns: ['position', 'description', 'amount'],
  sellerDetails: 'Main Street 1, Kyiv\nIBAN UA21 3223 1300 0002 6007 2335 6600 1',
};

export function invoiceTemplateJson(row: InvoiceTemplateRow): z.output<typeof invoiceTemplateSchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    language: row.language,
    columns: [...row.columns] as InvoiceColumn[],
    sellerDetails: row.sellerDetails,
    notes: row.notes,
    subject: row.subject,
    logo: row.logo,
    clients: row.clients,
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

/** @throws DomainError `invalid` for a subject that the template guard refuses */
export function requireSubject(subject: string | null | undefined): void {
  const [fault] = subject ? checkTemplate(subject, { kind: 'invoice', part: 'subject' }) : [];
  if (fault) throw new DomainError('invalid', `column ${fault.column}: ${fault.message}`, '/subject');
}

/** @throws DomainError `invalid` for what is no image that can be drawn */
export async function decodeLogo(base64: string | null): Promise<Logo | null> {
  if (base64 === null) return null;
  const content = Buffer.from(base64, 'base64');
  const facts = await checkLogo(content);
  if (typeof facts === 'string') throw new DomainError('invalid', facts, '/logo');
  return { ...facts, content };
}
