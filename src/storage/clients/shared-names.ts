import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import type { SortColumn } from '../system/paging.js';

/** What `clients c` refers to, in words. */

/** Null: it has none. */
export function paymentTermsLabel(q: Queries): Fragment {
  return q`(select s.label from payment_terms s where s.id = c.payment_terms_id)`;
}

/** The names of shared records that lists are sorted by, without case; what is empty comes first. */
export const sharedNameSorts = [
  'taxProfileName',
  'customerClassName',
  'invoiceTemplateName',
  'clientTemplateName',
  'agreementName',
  'originationRateTableName',
  'terminationRateTableName',
] as const;

export function sharedNameColumns(q: Queries): Readonly<Record<(typeof sharedNameSorts)[number], SortColumn>> {
  const byName = (name: Fragment): SortColumn => ({ expression: q`lower(coalesce(${name}, ''))`, type: 'text' });
  return {
    taxProfileName: byName(q`(select s.name from tax_profiles s where s.id = c.tax_profile_id)`),
    customerClassName: byName(q`(select s.name from customer_classes s where s.id = c.customer_class_id)`),
    invoiceTemplateName: byName(q`(select s.name from invoice_templates s where s.id = c.invoice_template_id)`),
    clientTemplateName: byName(q`(select s.name from client_templates s where s.id = c.client_template_id)`),
    agreementName: byName(q`(select s.name from agreements s where s.id = c.agreement_id)`),
    originationRateTableName: byName(q`(select s.name from rate_tables s where s.id = c.origination_rate_table_id)`),
    terminationRateTableName: byName(q`(select s.name from rate_tables s where s.id = c.termination_rate_table_id)`),
  };
}

export function sharedNames(q: Queries): Fragment {
  return q`
    ${paymentTermsLabel(q)} as "paymentTermsLabel",
    (select s.name from payment_terms s where s.id = c.payment_terms_id) as "paymentTermsName",
    (select s.name from tax_profiles s where s.id = c.tax_profile_id) as "taxProfileName",
    (select s.name from customer_classes s where s.id = c.customer_class_id) as "customerClassName",
    (select s.name from invoice_templates s where s.id = c.invoice_template_id) as "invoiceTemplateName",
    (select s.name from rate_tables s where s.id = c.origination_rate_table_id) as "originationRateTableName",
    (select s.name from rate_tables s where s.id = c.termination_rate_table_id) as "terminationRateTableName",
    (select s.name from agreements s where s.id = c.agreement_id) as "agreementName",
    (select s.name from client_templates s where s.id = c.client_template_id) as "clientTemplateName",
    (select s.values from client_templates s where s.id = c.client_template_id) as "templateValues"`;
}
