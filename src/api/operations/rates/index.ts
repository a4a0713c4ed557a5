import type { Operation } from '../../contract/operation.js';
import { createRateOperation } from './create-rate.js';
import { currentRatesOperation, listRatesOperation, neededRatesOperation } from './list-rates.js';

export const rateOperations: readonly Operation[] = [
  listRatesOperation,
  createRateOperation,
  currentRatesOperation,
  neededRatesOperation,
];
