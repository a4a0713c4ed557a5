import type { AgreementFields } from '../../../domain/rates/agreements/agreement.js';
import type { SharedRow, SharedTable } from '../../resellers/shared-records.js';

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
