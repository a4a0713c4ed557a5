import type { Operation } from '../../operation.js';
import { createRate } from './create.js';
import { currentRates, listRates } from './list.js';

export const rateOperations: readonly Operation[] = [listRates, createRate, currentRates];
