import type { Operation } from '../../operation.js';

export const rateOperations: readonly Operation[] = [];
