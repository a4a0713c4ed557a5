import type { Fragment } from 'postgres';
import type { TaxProfileFields } from '../../domain/invoicing/tax-profile.js';
import type { Queries } from '../system/database.js';
import type { SharedRow, SharedTable } from '../resellers/shared-records.js';

export interface TaxProfileRow extends TaxProfileFields, SharedRow {}

export const taxProfileTable: SharedTable<TaxProfileFields, TaxProfileRow> = {
  table: 'tax_profiles',
  usedBy: 'tax_profile_id',
  inTemplates: ['tax_profile_id'],
  columns: {
    ratePercent: 'rate_percent',
    mode: 'mode',
    label: 'label',
    note: 'note',
    sureTax: 'sure_tax',
    archived: 'archived',
  },
  read: (q) => ({ ratePercent: q`trim_scale(s.rate_percent)::text` }),
};

export function archivedIs(q: Queries, isArchived: boolean): Fragment {
  return q`s.archived = ${isArchived}`;
}

/** Whether no more clients get it. */
export async function isArchived(q: Queries, id: string): Promise<boolean> {
  const rows = await q`select 1 from tax_profiles where id = ${id} and archived`;
  return rows.length > 0;
}
