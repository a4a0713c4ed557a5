import type { Fragment } from 'postgres';
import type { RateTableFields } from '../../../domain/rates/tables/rate-table.js';
import type { SharedRow, SharedTable } from '../../resellers/shared-records.js';
import type { Queries, Transaction } from '../../system/database.js';

export interface RateTableRow extends RateTableFields, SharedRow {
  /** null: it has no agreement */
  readonly agreementName: string | null;
  /** null: never */
  readonly lastExportedAt: Date | null;
}

export const rateTableTable: SharedTable<RateTableFields, RateTableRow> = {
  table: 'rate_tables',
  usedBy: ['origination_rate_table_id', 'termination_rate_table_id'],
  inTemplates: ['origination_rate_table_id', 'termination_rate_table_id'],
  columns: { currency: 'currency', timezone: 'timezone', notes: 'notes', agreementId: 'agreement_id' },
  read: (q) => ({
    agreementName: q`(select a.name from agreements a where a.id = s.agreement_id)`,
    lastExportedAt: q`s.last_exported_at`,
  }),
};

/** Of a locked row: as of then its rates were exported. */
export async function saveExported(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx`update rate_tables set last_exported_at = ${at}, version = version + 1, updated_at = now() where id = ${id}`;
}

export function currencyIs(q: Queries, currency: string): Fragment {
  return q`s.currency = ${currency}`;
}
