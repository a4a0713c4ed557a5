import type { Operation } from '../../../contract/operation.js';
import { checkRateImportOperation } from './check-rate-import.js';
import { listEarlyRatesOperation } from './list-early-rates.js';
import { listRejectedRatesOperation } from './list-rejected-rates.js';
import { mapRateImportOperation } from './map-rate-import.js';
import { readRateImportOperation } from './read-rate-import.js';
import { startRateImportOperation } from './start-rate-import.js';
import { uploadRateImportOperation } from './upload-rate-import.js';

export const rateImportOperations: readonly Operation[] = [
  uploadRateImportOperation,
  readRateImportOperation,
  mapRateImportOperation,
  checkRateImportOperation,
  listEarlyRatesOperation,
  listRejectedRatesOperation,
  startRateImportOperation,
];
