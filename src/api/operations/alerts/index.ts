import type { Operation } from '../../operation.js';

export const alertOperations: readonly Operation[] = [];
