import type { Operation } from '../../operation.js';

export const resellerOperations: readonly Operation[] = [];
