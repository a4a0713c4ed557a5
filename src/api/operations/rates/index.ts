import type { Operation } from '../../contract/operation.js';
import { createRate } from './create.js';
import { currentRates, listRates, neededRates } from './list.js';

export const rateOperations: readonly Operation[] = [listRates, createRate, currentRates, neededRates];
