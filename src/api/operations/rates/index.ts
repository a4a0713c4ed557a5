import type { Operation } from '../../contract/operation.js';
import { createRateOperation } from './create-rate.js';
import { listRatesOperation } from './list-rates.js';
import { neededRatesOperation } from './list-needed-rates.js';
import { currentRatesOperation } from './list-current-rates.js';

export const rateOperations: readonly Operation[] = [
  listRatesOperation,
  createRateOperation,
  currentRatesOperation,
  neededRatesOperation,
];
