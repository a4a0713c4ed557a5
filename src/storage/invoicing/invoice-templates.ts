import { createHash } from 'node:crypto';
import type { InvoiceTemplateFields } from '../../domain/invoicing/invoice-template.js';
import type { LogoFacts } from '../../domain/invoicing/logo.js';
import type { SharedRow, SharedTable } from '../resellers/shared-records.js';
import type { Queries, Transaction } from '../system/database.js';

export interface InvoiceTemplateRow extends InvoiceTemplateFields, SharedRow {
  /** null: no logo */
  readonly logo: (LogoFacts & { readonly bytes: number }) | null;
}

export const invoiceTemplateTable: SharedTable<InvoiceTemplateFields, InvoiceTemplateRow> = {
  table: 'invoice_templates',
  usedBy: 'invoice_template_id',
  inTemplates: ['invoice_template_id'],
  columns: {
    language: 'language',
    columns: 'columns',
    sellerDetails: 'seller_details',
    notes: 'notes',
    subject: 'subject',
    logoId: 'logo_id',
  },
  read: (q) => ({
    logo: q`(
      select json_build_object('mediaType', l.media_type, 'width', l.width, 'height', l.height, 'bytes', length(l.content))
      from invoice_logos l where l.id = s.logo_id)`,
  }),
};

export interface Logo extends LogoFacts {
  readonly content: Buffer;
}

/** Keeps a logo of a reseller once, however often it is given; returns its id. */
export async function insertLogo(tx: Transaction, resellerId: string, logo: Logo): Promise<string> {
  const sha256 = createHash('sha256').update(logo.content).digest();
  await tx`
    insert into invoice_logos ${tx({
      reseller_id: resellerId,
      sha256,
      media_type: logo.mediaType,
      width: logo.width,
      height: logo.height,
      content: logo.content,
    })} on conflict (reseller_id, sha256) do nothing`;
  const [row] = await tx<{ id: string }[]>`
    select id from invoice_logos where reseller_id = ${resellerId} and sha256 = ${sha256}`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Null: there is none. The caller knows that its reader may see a template that has it. */
export async function readLogoContent(q: Queries, id: string): Promise<Logo | null> {
  const [row] = await q<Logo[]>`
    select media_type as "mediaType", width, height, content from invoice_logos where id = ${id}`;
  return row ?? null;
}
