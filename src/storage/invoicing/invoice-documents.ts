import {
  defaultInvoiceColumns,
  type InvoiceColumn,
  type InvoiceLanguage,
} from '../../domain/invoicing/invoice-template.js';
import type { InvoiceType } from '../../domain/invoicing/payment-status.js';
import type { TaxMode } from '../../domain/invoicing/totals.js';
import type { Queries, Transaction } from '../system/database.js';

/** An issued invoice with what its document shows besides: that as it was when it was issued. */
export interface DocumentRow {
  readonly type: InvoiceType;
  readonly no: string;
  readonly status: 'issued' | 'void';
  readonly currency: string;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly issuedAt: Date;
  readonly voidedAt: Date | null;
  readonly dueOn: string | null;
  readonly description: string | null;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly taxRate: string | null;
  readonly taxMode: TaxMode | null;
  readonly taxLabel: string | null;
  readonly taxNote: string | null;
  readonly language: InvoiceLanguage;
  readonly columns: readonly InvoiceColumn[];
  readonly sellerName: string;
  readonly sellerEmail: string | null;
  readonly sellerDetails: string | null;
  readonly buyerName: string;
  readonly buyerAddress: string | null;
  readonly buyerZip: string | null;
  readonly buyerTaxId: string | null;
  readonly buyerRegistrationId: string | null;
  readonly notes: string | null;
  readonly logo: Buffer | null;
  /** of the invoice that a credit note lowers, and of the void one that an invoice replaces; null: there is none */
  readonly creditOfNo: string | null;
  readonly replacesNo: string | null;
}

/** Keeps what the documents of invoices show: their clients, resellers, and templates as they are now. */
export async function insertInvoiceDocuments(tx: Transaction, invoiceIds: readonly string[]): Promise<void> {
  await tx`
    insert into invoice_documents (invoice_id, language, columns, seller_name, seller_email, seller_details, buyer_name,
      buyer_address, buyer_zip, buyer_tax_id, buyer_registration_id, notes, subject, logo_id)
    select i.id, coalesce(t.language, case when lower(c.locale) ~ '^uk([-_]|$)' then 'uk' else 'en' end),
      coalesce(t.columns, ${[...defaultInvoiceColumns]}::text[]), r.name, r.email, t.seller_details,
      coalesce(c.company_name, c.name), c.address, c.zip_code, c.tax_id, c.registration_id, t.notes, t.subject, t.logo_id
    from invoices i join clients c on c.id = i.client_id join resellers r on r.id = c.reseller_id
    left join invoice_templates t on t.id = c.invoice_template_id
    where i.id = any(${[...invoiceIds]}::bigint[])`;
}

/** Null: the invoice is not issued. The caller knows that its reader may see the invoice. */
export async function readInvoiceDocument(q: Queries, invoiceId: string): Promise<DocumentRow | null> {
  const [row] = await q<DocumentRow[]>`
    select i.type, i.no, i.status, i.currency, i.timezone, i.period_start as "periodStart", i.period_end as "periodEnd",
      i.issued_at as "issuedAt", i.voided_at as "voidedAt", to_char(i.due_on, 'YYYY-MM-DD') as "dueOn", i.description,
      i.net, i.tax, i.total, trim_scale(i.tax_rate)::text as "taxRate", i.tax_mode as "taxMode",
      i.tax_label as "taxLabel", i.tax_note as "taxNote", d.language, d.columns, d.seller_name as "sellerName", d.seller_email as "sellerEmail",
      d.seller_details as "sellerDetails", d.buyer_name as "buyerName", d.buyer_address as "buyerAddress",
      d.buyer_zip as "buyerZip", d.buyer_tax_id as "buyerTaxId", d.buyer_registration_id as "buyerRegistrationId",
      d.notes, (select l.content from invoice_logos l where l.id = d.logo_id) as logo,
      (select o.no from invoices o where o.id = i.credit_of) as "creditOfNo",
      (select o.no from invoices o where o.id = i.replaces) as "replacesNo"
    from invoice_documents d join invoices i on i.id = d.invoice_id
    where d.invoice_id = ${invoiceId}`;
  return row ?? null;
}
