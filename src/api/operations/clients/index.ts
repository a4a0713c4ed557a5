import type { Operation } from '../../operation.js';

export const clientOperations: readonly Operation[] = [];
