import type { AgreementFields } from '../../../domain/rates/agreements/agreement.js';
import type { SharedRow, SharedTable } from '../../resellers/shared-records.js';
import type { Queries } from '../../system/database.js';

export interface AgreementRow extends AgreementFields, SharedRow {
  /** that have it for their clients and imports */
  readonly rateTables: number;
}

export const agreementTable: SharedTable<AgreementFields, AgreementRow> = {
  table: 'agreements',
  usedBy: 'agreement_id',
  inTemplates: ['agreement_id'],
  columns: { notificationDays: 'notification_days', hour: 'hour', timezone: 'timezone', terms: 'terms' },
  read: (q) => ({
    rateTables: q`(select count(*)::int from rate_tables t where t.agreement_id = s.id)`,
  }),
};

export type ScheduleRow = Pick<AgreementRow, 'id' | 'name' | 'notificationDays' | 'hour' | 'timezone' | 'terms'>;

/** Null: there is none. Whoever asks sees what refers to it. */
export async function readAgreement(q: Queries, id: string): Promise<ScheduleRow | null> {
  const [row] = await q<ScheduleRow[]>`
    select id, name, notification_days as "notificationDays", hour, timezone, terms from agreements where id = ${id}`;
  return row ?? null;
}
