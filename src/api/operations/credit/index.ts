import type { Operation } from '../../operation.js';

export const creditOperations: readonly Operation[] = [];
