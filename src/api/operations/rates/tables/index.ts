import type { Operation } from '../../../contract/operation.js';
import { createRateTableOperation } from './create-rate-table.js';
import { createTableRateOperation } from './create-table-rate.js';
import { deleteRateTableOperation } from './delete-rate-table.js';
import { deleteTableRateOperation } from './delete-table-rate.js';
import { listRateTablesOperation } from './list-rate-tables.js';
import { listTableRatesOperation } from './list-table-rates.js';
import { readRateTableOperation } from './read-rate-table.js';
import { readTableRateOperation } from './read-table-rate.js';
import { recordRateExportOperation } from './record-export.js';
import { updateRateTableOperation } from './update-rate-table.js';
import { updateTableRateOperation } from './update-table-rate.js';

export const rateTableOperations: readonly Operation[] = [
  listRateTablesOperation,
  createRateTableOperation,
  readRateTableOperation,
  updateRateTableOperation,
  deleteRateTableOperation,
  listTableRatesOperation,
  createTableRateOperation,
  recordRateExportOperation,
  readTableRateOperation,
  updateTableRateOperation,
  deleteTableRateOperation,
];
