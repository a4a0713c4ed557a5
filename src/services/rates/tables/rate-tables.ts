import type { RateTableFields } from '../../../domain/rates/tables/rate-table.js';
import { rateTableTable, type RateTableRow } from '../../../storage/rates/tables/rate-tables.js';
import type { SharedKind } from '../../shared-record.js';

export const rateTableKind: SharedKind<RateTableFields, RateTableRow> = {
  stored: rateTableTable,
  subjectType: 'rate_table',
  noun: 'rate table',
};
