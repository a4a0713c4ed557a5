import type { Operation } from '../../operation.js';

export const ledgerOperations: readonly Operation[] = [];
