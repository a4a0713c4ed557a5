import type { Operation } from '../../operation.js';

export const userOperations: readonly Operation[] = [];
